/** A gate looks at the tree under `root` and says what is wrong. It must prove that it looked: zero is a failure. */
export interface Gate {
  readonly name: string;
  check(root: string, signal?: AbortSignal): Promise<Verdict>;
}

export interface Verdict {
  /** How many `unit`s were really read. */
  readonly looked: number;
  readonly unit: string;
  /** Each as a person wants to read it: place first, then what is wrong and what to do. */
  readonly problems: readonly string[];
}

export function passes(verdict: Verdict): boolean {
  return verdict.looked > 0 && verdict.problems.length === 0;
}

/** The first number `pattern` captures in a tool's own summary; 0 when the tool never got that far. */
export function countIn(output: string, pattern: RegExp): number {
  return Number(pattern.exec(output)?.[1] ?? 0);
}
