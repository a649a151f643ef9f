/** Which of the times at which a backup was due had one. Pure; milliseconds. */
import { MINUTE } from '#kernel/units';

export interface DueTimes {
  /** Ascending. */
  readonly due: readonly number[];
  /** Begins of backups that lacked nothing, ascending. */
  readonly good: readonly number[];
  readonly until: number;
}

export interface KeptTime {
  readonly at: number;
  readonly isKept: boolean;
}

/** Clocks of other machines go wrong by a little. */
const earlyMs = 5 * MINUTE;

/**
 * A time is kept by a backup that began before the next one. The last time is not judged before its turn is over, unless
 * its backup is there already.
 */
export function countKept({ due, good, until }: DueTimes): readonly KeptTime[] {
  let next = 0;
  return due.flatMap((at, index) => {
    const end = due[index + 1];
    while (next < good.length && (good[next] ?? 0) < at - earlyMs) next += 1;
    const found = good[next];
    const isKept = found !== undefined && found < (end ?? until + 1) - earlyMs;
    return isKept || end !== undefined ? [{ at, isKept }] : [];
  });
}

/** By nearest rank; null of nothing. */
export function percentile(values: readonly number[], percent: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil((percent / 100) * sorted.length) - 1, 0)] ?? null;
}

/** One decimal; null of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part / whole) * 1000) / 10;
}
