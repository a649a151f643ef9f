/** The table at the end of a soak. */
import { MIB } from '#kernel/units';

import type { KillRun } from '../../test/integration/transfer/kill-run.ts';
import type { RandomRun } from '../../test/integration/transfer/random-run.ts';

export interface SoakResult {
  readonly random: readonly RandomRun[];
  readonly killed: readonly KillRun[];
  /** What was found wrong, each with the seed that shows it again. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

export function soakReport({ random, killed, failures, seconds }: SoakResult, seed: string): string {
  const lines = [
    `# Soak, seed ${seed}, ${(seconds / 60).toFixed(1)} min`,
    '',
    '| what | |',
    '| --- | ---: |',
    `| downloads under random faults, ended right | ${random.length} |`,
    `| requests | ${sum(random.map(({ asks }) => asks))} |`,
    `| bytes sent for bytes wanted | ${ratio(random)} |`,
    `| kills with SIGKILL, of them after the first byte | ${sum(killed.map(({ kills }) => kills))}, ${inside(killed)} |`,
    `| MiB fetched again per kill after the first byte | ${perKill(killed)} |`,
    `| **wrong** | **${failures.length}** |`,
    '',
    '| an attempt ended with | times |',
    '| --- | ---: |',
    ...counted(random.flatMap(({ ends }) => ends)),
    '',
    '| fault | downloads that met it |',
    '| --- | ---: |',
    ...counted(random.flatMap(({ faults }) => [...new Set(faults)])),
    ...failures.map((failure) => `\n- ${failure}`),
  ];
  return lines.join('\n');
}

function counted(names: readonly string[]): readonly string[] {
  const counts = Object.entries(Object.groupBy(names, (name) => name)).map(
    ([name, all]) => [name, all?.length ?? 0] as const,
  );
  return counts.toSorted((a, b) => b[1] - a[1]).map(([name, count]) => `| ${name} | ${count} |`);
}

function ratio(random: SoakResult['random']): string {
  const wanted = sum(random.map(({ sizeBytes }) => sizeBytes));
  return `${(sum(random.map(({ sentBytes }) => sentBytes)) / wanted).toFixed(2)} × ${(wanted / MIB).toFixed(0)} MiB`;
}

function inside(killed: SoakResult['killed']): number {
  return sum(killed.map((run) => run.inside));
}

function perKill(killed: SoakResult['killed']): string {
  return (sum(killed.map(({ fetchedAgain }) => fetchedAgain)) / MIB / inside(killed)).toFixed(2);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
