/**
 * Whether a run that ended well took much longer than its predecessors, or saved much less or more than they did (B-111): a
 * source that became empty and a disk that is dying both show here first.
 */
import { MINUTE } from '#kernel/units';

export interface MeasuredRun {
  readonly bytes: number;
  readonly startedAt: string;
  readonly endedAt: string;
}

export interface Unusual {
  readonly what: 'duration' | 'size';
  /** Seconds, or bytes. */
  readonly value: number;
  /** Median of the runs before. */
  readonly usual: number;
}

/** How many runs before are looked at, and how many there must be at least. */
export const comparedRuns = 20;
const fewestRuns = 5;
const slower = 3;
const larger = 3;
const smaller = 0.5;
/** Differences below are noise whatever their ratio. */
const leastMs = 5 * MINUTE;
const leastBytes = 16 * 1024 * 1024;

/** `earlier`: good runs before this one, newest first. */
export function unusualIn(run: MeasuredRun, earlier: readonly MeasuredRun[]): readonly Unusual[] {
  const compared = earlier.slice(0, comparedRuns);
  if (compared.length < fewestRuns) return [];
  const found: Unusual[] = [];
  const tookMs = durationMs(run);
  const usualMs = median(compared.map(durationMs));
  if (tookMs > slower * usualMs && tookMs - usualMs >= leastMs) {
    found.push({ what: 'duration', value: tookMs / 1000, usual: usualMs / 1000 });
  }
  const usualBytes = median(compared.map(({ bytes }) => bytes));
  const isOut = run.bytes > larger * usualBytes || run.bytes < smaller * usualBytes;
  if (isOut && Math.abs(run.bytes - usualBytes) >= leastBytes) {
    found.push({ what: 'size', value: run.bytes, usual: usualBytes });
  }
  return found;
}

function durationMs({ startedAt, endedAt }: MeasuredRun): number {
  return Date.parse(endedAt) - Date.parse(startedAt);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}
