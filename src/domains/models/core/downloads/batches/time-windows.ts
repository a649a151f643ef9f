/** Times of the week at which a batch may run, as the clocks on the wall show them. */
import { DAY, MINUTE } from '#kernel/units';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

interface Window {
  /** Days it begins on; 0 = Sunday. */
  readonly days: ReadonlySet<number>;
  /** Minutes of the day; an end that is not after the start lies on the next day. */
  readonly from: number;
  readonly to: number;
}

interface WallTime {
  readonly day: number;
  readonly minute: number;
}

/** Nobody's window opens less often than once a week; one more day for a summer time that swallows it. */
const FARTHEST_MS = 15 * DAY;

/** Without windows it is always time. */
export function isOpen(windows: readonly string[], now: number, zone: string): boolean {
  return windows.length === 0 || isInside(windows.map(parseWindow), wallTime(now, zone));
}

/** When the next window opens, in ms since the epoch; `now` while one is open; null when none ever does. */
export function nextOpening(windows: readonly string[], now: number, zone: string): number | null {
  if (isOpen(windows, now, zone)) return now;
  const parsed = windows.map(parseWindow);
  // Minute by minute along the clock: hours that are missing or come twice need no rule of their own.
  for (let at = Math.floor(now / MINUTE) * MINUTE + MINUTE; at <= now + FARTHEST_MS; at += MINUTE) {
    if (isInside(parsed, wallTime(at, zone))) return at;
  }
  return null;
}

/** What the clocks in the zone show. */
function wallTime(at: number, zone: string): WallTime {
  const parts = new Map(
    formatIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const weekday = (parts.get('weekday') ?? '').toLowerCase();
  return {
    day: days.findIndex((day) => day === weekday),
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, format);
  return format;
}

function isInside(windows: readonly Window[], { day, minute }: WallTime): boolean {
  return windows.some(({ days: begins, from, to }) => {
    if (from < to) return begins.has(day) && minute >= from && minute < to;
    return (begins.has(day) && minute >= from) || (begins.has((day + 6) % 7) && minute < to);
  });
}

/** Of a text that the contract has let through. */
function parseWindow(text: string): Window {
  const words = text.trim().split(' ');
  const [from = '', to = ''] = (words.at(-1) ?? '').split('-');
  return { days: words.length > 1 ? parseDays(words[0] ?? '') : everyDay, from: minutesOf(from), to: minutesOf(to) };
}

const everyDay: ReadonlySet<number> = new Set(days.keys());

function parseDays(text: string): ReadonlySet<number> {
  return new Set(
    text.split(',').flatMap((part) => {
      const [first, last] = part.split('-').map((name) => days.findIndex((day) => day === name));
      if (first === undefined) return [];
      const count = ((last ?? first) - first + 7) % 7;
      return Array.from({ length: count + 1 }, (_, index) => (first + index) % 7);
    }),
  );
}

function minutesOf(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
