/** Rates that depend on the time of the day: `22:00-07:00 unlimited, mon-fri 08:00-18:00 500K`. */
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY, GIB, KIB, MIB, MINUTE } from '#kernel/units';

export interface BandwidthWindow {
  /** 0 = Sunday … 6; the days on which the window begins. */
  readonly days: readonly number[];
  /** Minutes after midnight. A window that ends before it begins goes on into the next day. */
  readonly from: number;
  readonly to: number;
  /** Bytes per second; Infinity = unlimited. */
  readonly rate: number;
}

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const units: Readonly<Record<string, number>> = { '': 1, k: KIB, m: MIB, g: GIB };
const MINUTES_A_DAY = DAY / MINUTE;

/**
 * `500K`, `2M`, `1.5m`, `0.5G`, plain bytes, or `unlimited`, which is Infinity; K, M and G are powers of 1024.
 * @throws KuraError invalid `transfer.bad-rate`
 */
export function parseRate(text: string): number {
  if (text.trim().toLowerCase() === 'unlimited') return Number.POSITIVE_INFINITY;
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?)(?:i?b(?:\/s)?)?$/i.exec(text.trim()) ?? [];
  const rate = Number(number) * (units[unit.toLowerCase()] ?? 1);
  if (!(rate >= 1)) throw new KuraError('invalid', 'transfer.bad-rate', { params: { text } });
  return Math.floor(rate);
}

/** Separated by commas; the first that fits a time counts. @throws KuraError invalid `transfer.bad-bandwidth-window` */
export function parseBandwidthWindows(text: string): readonly BandwidthWindow[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseWindow);
}

export interface BandwidthPlan {
  readonly windows: readonly BandwidthWindow[];
  /** Bytes per second outside of the windows; 0 = unlimited. */
  readonly otherwise: number;
  /** IANA zone in which the hours are meant. */
  readonly zone: string;
}

/** The rate in force by the clock, for `createBandwidthLimit`; the plan is read anew each time. */
export function plannedRate(plan: () => BandwidthPlan, clock: Clock): () => number {
  let minute = Number.NaN;
  let zone = '';
  let local: LocalTime = { day: 0, minutes: 0 };
  return () => {
    const { windows, otherwise, zone: wanted } = plan();
    if (windows.length === 0) return otherwise;
    const now = Math.floor(clock.now() / MINUTE);
    // Asked for every block that arrives, and what a zone's clock shows costs more than the rest together.
    if (now !== minute || zone !== wanted) local = localTime(clock.now(), wanted);
    minute = now;
    zone = wanted;
    return windows.find((window) => holds(window, local))?.rate ?? otherwise;
  };
}

interface LocalTime {
  readonly day: number;
  readonly minutes: number;
}

function localTime(now: number, zone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return {
    day: dayNames.indexOf((parts.get('weekday') ?? '').toLowerCase()),
    minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

function holds({ days, from, to }: BandwidthWindow, { day, minutes }: LocalTime): boolean {
  const yesterday = (day + 6) % 7;
  if (from < to) return days.includes(day) && minutes >= from && minutes < to;
  return (days.includes(day) && minutes >= from) || (days.includes(yesterday) && minutes < to);
}

const windowPattern = /^(?:([a-z]{3})(?:-([a-z]{3}))?\s+)?(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s+(\S+)$/i;

function parseWindow(text: string): BandwidthWindow {
  const [, first, last, fromHour, fromMinute, toHour, toMinute, rate] = windowPattern.exec(text) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  const days = daysBetween(first, last ?? first);
  const isRight = from < MINUTES_A_DAY && to <= MINUTES_A_DAY && Number(fromMinute) < 60 && Number(toMinute) < 60;
  if (!isRight || days === undefined || rate === undefined) {
    throw new KuraError('invalid', 'transfer.bad-bandwidth-window', { params: { text } });
  }
  return { days, from, to, rate: parseRate(rate) };
}

/** `fri-mon` goes around the week. Undefined for what is no day. */
function daysBetween(first: string | undefined, last: string | undefined): readonly number[] | undefined {
  if (first === undefined || last === undefined) return everyDay;
  const from = dayNames.indexOf(first.toLowerCase());
  const to = dayNames.indexOf(last.toLowerCase());
  if (from === -1 || to === -1) return undefined;
  return everyDay.slice(0, ((to - from + 7) % 7) + 1).map((step) => (from + step) % 7);
}
