import { HOUR, MINUTE } from './units.ts';

/** The calendar day of an instant in an IANA zone: `2026-11-22`. */
export function dayIn(zone: string, at: string): string {
  return formatOf(zone).format(new Date(at));
}

/** The first instant of a day; where a clock change leaves midnight out, the first one that there is. */
export function beginningOfDay(day: string, zone: string): string {
  // No zone is further than fourteen hours from UTC.
  let early = Date.parse(day) - 15 * HOUR;
  let late = Date.parse(day) + 15 * HOUR;
  while (late - early > MINUTE) {
    const middle = early + Math.floor((late - early) / 2 / MINUTE) * MINUTE;
    if (dayIn(zone, new Date(middle).toISOString()) < day) early = middle;
    else late = middle;
  }
  return new Date(late).toISOString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes long, and a sweep asks for thousands of days. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  // Sweden writes dates as ISO 8601 does.
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  formats.set(zone, made);
  return made;
}
