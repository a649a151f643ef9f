/** What the demo shows while it runs and what it found: steps with their time, checks that can fail, one table. */
import { table } from '#platform/cli';

export interface Row {
  readonly what: string;
  readonly result: string;
  readonly evidence: string;
}

export interface Stage {
  /** Runs one step of the story; what it throws ends the demo. */
  step<Value>(title: string, work: () => Promise<Value>): Promise<Value>;
  /** A line of the final table. */
  show(row: Row): void;
  /** A promise of the demo; a broken one makes it fail, after everything else was shown. */
  check(promise: string, kept: boolean): void;
  /** Prints the table and the broken promises. Returns the exit code. */
  finish(): number;
}

export function createStage(print: (line: string) => void): Stage {
  const rows: Row[] = [];
  const broken: string[] = [];
  let steps = 0;
  return {
    async step(title, work) {
      steps += 1;
      print(`\n▶ ${steps}. ${title}`);
      const begun = performance.now();
      const value = await work();
      print(`  ✔ ${((performance.now() - begun) / 1000).toFixed(1)} s`);
      return value;
    },
    show: (row) => void rows.push(row),
    check(promise, kept) {
      if (!kept) broken.push(promise);
    },
    finish() {
      print(`\n${table([['WHAT', 'RESULT', 'EVIDENCE'], ...rows.map((row) => [row.what, row.result, row.evidence])])}`);
      for (const promise of broken) print(`✖ not kept: ${promise}`);
      return broken.length === 0 ? 0 : 1;
    },
  };
}
