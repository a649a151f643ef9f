/**
 * Days of the calendar as `YYYY-MM-DD`, without hours and zones: a medium is due on a day, and no clock change makes a
 * day longer. Inside, a day is the count of days since 1970-01-01 in the proleptic Gregorian calendar.
 */
import { DAY } from '#kernel/units';

/** 1 is Monday, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** @throws RangeError for what is no day, such as 2026-02-29. */
export function dayNumber(day: string): number {
  const number = Date.parse(`${day}T00:00:00.000Z`) / DAY;
  if (!Number.isInteger(number) || dayOf(number) !== day) throw new RangeError(`not a calendar day: ${day}`);
  return number;
}

export function dayOf(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

export function weekdayOf(number: number): Weekday {
  // 1970-01-01 was a Thursday.
  return weekdays[(((number + 3) % 7) + 7) % 7] ?? 1;
}

/** Months since year 0: the same for all days of one month. */
export function monthOf(number: number): number {
  const date = new Date(number * DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The same day of the month `months` later; the last day of the month where there is no such day. */
export function addMonths(number: number, months: number): number {
  const date = new Date(number * DAY);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return date.getTime() / DAY;
}
