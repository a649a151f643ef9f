/** What some inputs came to. */
export interface Tally {
  readonly inputs: number;
  readonly verdicts: Readonly<Record<string, number>>;
  /** CPU of the slowest input, and which it was. */
  readonly slowest: { readonly ms: number; readonly input: number };
  /** By how much one scan raised the peak of the whole process at most, and which. */
  readonly hungriest: { readonly mib: number; readonly input: number };
  readonly failures: readonly string[];
}

export const nothingYet: Tally = {
  inputs: 0,
  verdicts: {},
  slowest: { ms: 0, input: 0 },
  hungriest: { mib: 0, input: 0 },
  failures: [],
};

export function together(left: Tally, right: Tally): Tally {
  const names = new Set([...Object.keys(left.verdicts), ...Object.keys(right.verdicts)]);
  return {
    inputs: left.inputs + right.inputs,
    verdicts: Object.fromEntries(
      [...names].map((name) => [name, (left.verdicts[name] ?? 0) + (right.verdicts[name] ?? 0)]),
    ),
    slowest: left.slowest.ms >= right.slowest.ms ? left.slowest : right.slowest,
    hungriest: left.hungriest.mib >= right.hungriest.mib ? left.hungriest : right.hungriest,
    failures: [...left.failures, ...right.failures],
  };
}
