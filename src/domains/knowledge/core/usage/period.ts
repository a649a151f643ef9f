/** Days in UTC, as YYYY-MM-DD. */
import { DAY } from '#kernel/units';

export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

export interface Period {
  /** First and last day, both in it. */
  readonly from: string;
  readonly to: string;
}

/** The `days` days that end with the one of `now`. */
export function lastDays(now: number, days: number): Period {
  return { from: dayOf(now - (days - 1) * DAY), to: dayOf(now) };
}
