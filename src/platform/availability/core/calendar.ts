/** Days, weeks and months of a zone, as the figures are told by them. */
import { beginningOfDay, dayIn } from '#kernel/day-in';
import { DAY } from '#kernel/units';

import type { AvailabilityPeriod } from '../contract/index.ts';

export interface Days {
  /** Both inclusive. */
  readonly from: string;
  readonly to: string;
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);
}

/** @returns oldest first; the first and the last are cut to the days asked about. */
export function periodsOf({ from, to }: Days, by: AvailabilityPeriod): readonly Days[] {
  const periods: Days[] = [];
  for (let day = from; day <= to; ) {
    const end = lastDayOf(day, by);
    periods.push({ from: day, to: end < to ? end : to });
    day = addDays(end, 1);
  }
  return periods;
}

function lastDayOf(day: string, by: AvailabilityPeriod): string {
  if (by === 'day') return day;
  const date = new Date(day);
  if (by === 'week') return addDays(day, (7 - date.getUTCDay()) % 7);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

/** Milliseconds since the epoch, `until` exclusive. */
export function instantsOf({ from, to }: Days, zone: string): { readonly from: number; readonly until: number } {
  return { from: Date.parse(beginningOfDay(from, zone)), until: Date.parse(beginningOfDay(addDays(to, 1), zone)) };
}

export function todayIn(zone: string, now: number): string {
  return dayIn(zone, new Date(now).toISOString());
}
