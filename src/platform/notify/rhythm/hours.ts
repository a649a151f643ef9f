/** Parts of the day as the clock on the wall shows them, also on the days when it is changed. */
import type { Instant } from '#kernel/brands';
import { DAY } from '#kernel/units';
import { nextRun } from '#platform/schedule';

import type { Hours } from '../contract/index.ts';

interface WallTime {
  /** Minutes since midnight. */
  readonly minute: number;
  /** 1 is Monday. */
  readonly day: number;
}

const weekdays: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function isWithin(hours: Hours, now: number): boolean {
  const [from, until] = [minuteOf(hours.from), minuteOf(hours.until)];
  const { minute, day } = wallTime(now, hours.zone);
  if (from < until) return hours.days.includes(day) && minute >= from && minute < until;
  const yesterday = ((day + 5) % 7) + 1;
  return minute >= from ? hours.days.includes(day) : minute < until && hours.days.includes(yesterday);
}

/** When the hours that `now` lies in are over; undefined outside of them. Hours that follow on each other are one. */
export function endOf(hours: Hours, now: number): Instant | undefined {
  if (!isWithin(hours, now)) return undefined;
  let end = nextAt(hours.until, hours.zone, now);
  while (end !== undefined && isWithin(hours, Date.parse(end)) && Date.parse(end) - now < 8 * DAY) {
    end = nextAt(hours.until, hours.zone, Date.parse(end));
  }
  return end;
}

/** The next time the clock of the zone shows this; a time that a spring change skips comes right after it. */
export function nextAt(time: string, zone: string, after: number): Instant | undefined {
  const [hour, minute] = time.split(':').map(Number);
  return nextRun({ kind: 'cron', cron: `${minute} ${hour} * * *`, zone }, after) ?? undefined;
}

function wallTime(now: number, zone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
  return { minute, day: weekdays.indexOf(parts.get('weekday') ?? '') + 1 };
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
