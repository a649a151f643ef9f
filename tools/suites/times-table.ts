/** What a part of the run is called, and its seconds. */
export type Spent = readonly [name: string, seconds: number];

/** Where the minutes of a run went, a line each and their sum. */
export function timesTable(spent: readonly Spent[]): string {
  const sum = spent.reduce((seconds, [, more]) => seconds + more, 0);
  const lines: readonly Spent[] = [...spent, ['in all', sum]];
  return lines.map(([name, seconds]) => `time ${name.padEnd(12)}${seconds.toFixed(0).padStart(5)} s`).join('\n');
}
