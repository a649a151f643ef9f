/** When a schedule is due, as a calculation: patterns, zones, holidays, windows. Croner knows patterns and zones. */

import { Cron } from 'croner';
import { type Instant, instant } from '#kernel/brands';
import { dayIn } from '#kernel/day-in';
import { KuraError } from '#kernel/errors';
import { DAY, HOUR } from '#kernel/units';

import type { ScheduleRules } from '../../contract/index.ts';

export interface Pattern {
  readonly cron: string;
  /** IANA. */
  readonly zone: string;
}

/** `2026-01-01`. */
export type Holidays = ReadonlySet<string>;

/** A holiday every day for so long is a mistake, not a calendar. */
const longestHolidayMs = 5 * 366 * DAY;

/**
 * The next `count` times after `after`, without holidays. What falls into a spring gap runs right after it, what happens
 * twice in autumn runs once.
 * @throws KuraError `schedule.bad-timing`.
 */
export function nextTimes(pattern: Pattern, holidays: Holidays, after: number, count: number): readonly Instant[] {
  const found: Instant[] = [];
  let time = firstAfter(pattern, after);
  while (time !== null && found.length < count && time - after < longestHolidayMs) {
    const at = instant(new Date(time));
    if (!holidays.has(dayIn(pattern.zone, at))) found.push(at);
    if (found.length < count) time = followerOf(pattern, time);
  }
  return found;
}

/** Every time in ]from, to], without holidays. @throws KuraError `schedule.bad-timing`. */
export function expectedRuns(
  pattern: Pattern,
  holidays: Holidays,
  { from, to }: { readonly from: number; readonly to: number },
): readonly Instant[] {
  const found: Instant[] = [];
  for (let time = firstAfter(pattern, from); time !== null && time <= to; time = followerOf(pattern, time)) {
    const at = instant(new Date(time));
    if (!holidays.has(dayIn(pattern.zone, at))) found.push(at);
  }
  return found;
}

/** The last time before; undefined when the last 40 were all on holidays. @throws KuraError `schedule.bad-timing`. */
export function lastTime(pattern: Pattern, holidays: Holidays, before: number): Instant | undefined {
  const times = openPattern(pattern).previousRuns(40, new Date(before));
  return times.map((time) => instant(time)).find((at) => !holidays.has(dayIn(pattern.zone, at)));
}

/** The longest pause between two times in the near future, in hours: how old a good backup may be. */
export function longestPauseHours(pattern: Pattern, holidays: Holidays, now: number): number {
  const times = nextTimes(pattern, holidays, now, timesLookedAt).map((at) => Date.parse(at));
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return Math.max(1, Math.ceil(Math.max(0, ...pauses) / HOUR));
}

/** More than a month of daily runs. */
const timesLookedAt = 45;

/** When the window is open: `at` itself, or the next opening; without a window at any time. */
export function opening(window: ScheduleRules['window'], zone: string, at: number): number {
  if (window === null || isWithin(window, clockTime(zone, at))) return at;
  const [hour, minute] = window.from.split(':');
  const next = openPattern({ cron: `${Number(minute)} ${Number(hour)} * * *`, zone }).nextRun(new Date(at));
  return next?.getTime() ?? at;
}

function isWithin({ from, to }: { readonly from: string; readonly to: string }, time: string): boolean {
  if (from === to) return true;
  return from < to ? time >= from && time < to : time >= from || time < to;
}

function clockTime(zone: string, at: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(at);
}

function firstAfter(pattern: Pattern, after: number): number | null {
  return openPattern(pattern).nextRun(new Date(after))?.getTime() ?? null;
}

/** By pattern and time. What comes after a time is asked again and again, and zones make each answer dear. */
const followers = new Map<string, number | null>();
const opened = new Map<string, Cron>();
const mostKept = 20_000;

function followerOf(pattern: Pattern, time: number): number | null {
  const key = `${pattern.zone} ${pattern.cron} ${time}`;
  const known = followers.get(key);
  if (known !== undefined) return known;
  const next = firstAfter(pattern, time);
  if (followers.size >= mostKept) followers.clear();
  followers.set(key, next);
  return next;
}

function openPattern({ cron, zone }: Pattern): Cron {
  const key = `${zone} ${cron}`;
  const known = opened.get(key);
  if (known !== undefined) return known;
  const pattern = readPattern({ cron, zone });
  if (opened.size >= mostKept) opened.clear();
  opened.set(key, pattern);
  return pattern;
}

function readPattern({ cron, zone }: Pattern): Cron {
  try {
    const pattern = new Cron(cron, { timezone: zone, mode: '5-part', paused: true });
    // A zone is looked up only when a time is asked for.
    pattern.nextRun();
    return pattern;
  } catch (error) {
    throw new KuraError('invalid', 'schedule.bad-timing', { params: { timing: `${cron} (${zone})` }, cause: error });
  }
}
