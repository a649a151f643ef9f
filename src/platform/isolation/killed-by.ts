/** What ended a program, as far as it can be known. */
import type { ProgramResult } from '#platform/processes';

import type { KilledBy } from './isolated-request.ts';

/** bubblewrap and shells pass on that a signal ended the program as 128 and its number (signal(7)). */
const SIGNAL_BASE = 128;
const numbers = new Map<number, KilledBy>([
  [24, 'cpu'],
  [25, 'file-size'],
  // Faults of the program, and SIGKILL.
  ...[4, 5, 6, 7, 8, 9, 11, 31].map((number) => [number, 'signal'] as const),
]);
const names: Readonly<Record<string, KilledBy>> = { SIGXCPU: 'cpu', SIGXFSZ: 'file-size' };

export function killedBy({ endedBy, exitCode, signal }: ProgramResult): KilledBy | undefined {
  if (endedBy !== undefined) return endedBy;
  if (signal !== null) return names[signal] ?? 'signal';
  return exitCode === null ? undefined : numbers.get(exitCode - SIGNAL_BASE);
}
