/** How far back a search looks (models.md M-013, M-014). */
import { DAY } from '#kernel/units';

/** A month is 30 days and a year 365, as the requirement counts. */
const spanDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };
/** The site cuts its periods at its own moment; a day of grace keeps what it still counts in. */
const periodDays: Readonly<Record<string, number>> = { Day: 1 + 1, Week: 7 + 1, Month: 31 + 1, Year: 366 + 1 };

/** Milliseconds since the epoch from which on things count as recent; `since` has passed the contract's schema. */
export function startOf(since: string, now: number): number {
  const span = /^(\d+) ?([dwmy])/i.exec(since.trim());
  if (span !== null && !since.includes('-')) {
    return now - Number(span[1]) * (spanDays[(span[2] ?? 'd').toLowerCase()] ?? 1) * DAY;
  }
  return Date.parse(since);
}

/** The same for a period of the site; undefined for AllTime. */
export function startOfPeriod(period: string, now: number): number | undefined {
  const days = periodDays[period];
  return days === undefined ? undefined : now - days * DAY;
}
