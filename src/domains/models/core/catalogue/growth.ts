/** Counters per week from their daily snapshots. */
import { DAY } from '#kernel/units';

import type { ModelDetail } from '../../contract/index.ts';

export interface Snapshot {
  /** ISO day. */
  readonly day: string;
  readonly downloads: number | null;
  readonly thumbs_up: number | null;
}

const WEEK = 7 * DAY;

/**
 * From the last snapshot that is at least a week older than the newest, or the oldest there is, to the newest; null when
 * both are of one day or a counter is hidden.
 */
export function weeklyGrowth(snapshots: readonly Snapshot[]): ModelDetail['growth'] {
  const last = snapshots.at(-1);
  if (last === undefined) return null;
  const before = snapshots.findLast(({ day }) => between(day, last.day) >= WEEK) ?? snapshots[0];
  const time = before === undefined ? 0 : between(before.day, last.day);
  if (before === undefined || time <= 0) return null;
  const counters = [before.downloads, last.downloads, before.thumbs_up, last.thumbs_up];
  if (counters.includes(null)) return null;
  return {
    since: before.day,
    downloadsPerWeek: perWeek(before.downloads, last.downloads, time),
    likesPerWeek: perWeek(before.thumbs_up, last.thumbs_up, time),
  };
}

function perWeek(before: number | null, last: number | null, time: number): number {
  return Math.round((((last ?? 0) - (before ?? 0)) / time) * WEEK * 10) / 10;
}

function between(day: string, later: string): number {
  return Date.parse(later) - Date.parse(day);
}
