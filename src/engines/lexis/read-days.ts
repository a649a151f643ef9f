/** Days as people write them in a query, in UTC. */
import { DAY } from '#kernel/units';

/** Eight digits each, both included; open where undefined. */
export interface Days {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * `2026`, `2026-01`, `2026-01-05`; `>=2026-01`, `<2026`, `2026-01..2026-03`; `7d`, `2w`, `6m`, `1y` (since then), `today`.
 *
 * @returns undefined when it is none of these.
 */
export function readDays(typed: string, now: number): Days | undefined {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  const since = spanBack(text, now);
  if (since !== undefined) return { from: since, to: undefined };
  const compared = /^(>=|<=|>|<|≧|≦|≥|≤)\s*(.+)$/u.exec(text);
  if (compared !== null) return comparedTo(compared[1] ?? '', readDate(compared[2] ?? '', now));
  const ends = /^(.*?)(?:\.\.|~|〜)(.*)$/u.exec(text);
  if (ends === null) return readDate(text, now);
  const [, first = '', last = ''] = ends;
  const [from, to] = [readEnd(first, now), readEnd(last, now)];
  if (from === undefined || to === undefined || (first === '' && last === '')) return undefined;
  const isBackwards = from.from !== undefined && to.to !== undefined && from.from > to.to;
  return isBackwards ? undefined : { from: from.from, to: to.to };
}

function readEnd(text: string, now: number): Days | undefined {
  return text === '' ? { from: undefined, to: undefined } : readDate(text, now);
}

function comparedTo(sign: string, date: Days | undefined): Days | undefined {
  if (date?.from === undefined || date.to === undefined) return undefined;
  switch (sign) {
    case '>':
      return { from: dayBeside(date.to, 1), to: undefined };
    case '<':
      return { from: undefined, to: dayBeside(date.from, -1) };
    case '>=':
    case '≧':
    case '≥':
      return { from: date.from, to: undefined };
    default:
      return { from: undefined, to: date.to };
  }
}

const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };
const unitOf: Readonly<Record<string, string>> = {
  日: 'd',
  週: 'w',
  週間: 'w',
  か月: 'm',
  ヶ月: 'm',
  カ月: 'm',
  年: 'y',
};

function spanBack(text: string, now: number): string | undefined {
  const match = /^(\d{1,4})(d|w|m|y|日|週間?|[かヶカ]月|年)$/u.exec(text);
  const [, count = '', unit = ''] = match ?? [];
  // 2026年 is a year.
  if (match === null || (unit === '年' && count.length === 4)) return undefined;
  return dayOf(now - Number(count) * (unitDays[unitOf[unit] ?? unit] ?? 1) * DAY);
}

function readDate(text: string, now: number): Days | undefined {
  if (text === 'today' || text === '今日') return { from: dayOf(now), to: dayOf(now) };
  if (text === 'yesterday' || text === '昨日') return { from: dayOf(now - DAY), to: dayOf(now - DAY) };
  const match = /^(\d{4})(?:[-/.年](?:(\d{1,2})(?:[-/.月](?:(\d{1,2})日?)?)?)?)?$/u.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, day] = match;
  const isReal = isDay(Number(year), Number(month ?? 1), Number(day ?? 1));
  return isReal
    ? { from: digits(year, month ?? '1', day ?? '1'), to: digits(year, month ?? '12', day ?? '31') }
    : undefined;
}

/** 30 February is no day, whatever `Date` makes of it. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function digits(year: string, month: string, day: string): string {
  return year + month.padStart(2, '0') + day.padStart(2, '0');
}

/** The day of a moment as eight digits. */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10).replaceAll('-', '');
}

/** A day the calendar need not have: only its order counts. */
function dayBeside(day: string, step: 1 | -1): string {
  return String(Number(day) + step).padStart(8, '0');
}

/**
 * The fewest beginnings that together cover all numbers of eight digits from one to another, both included: 20260131 to
 * 20260302 is 20260131, 202602, 20260300 … 20260302. That makes a range a question of prefixes.
 */
export function prefixesBetween({ from = '00000000', to = '99999999' }: Days): readonly string[] {
  const found: string[] = [];
  let next = Number(from);
  const last = Number(to);
  while (next <= last) {
    let size = 1;
    while (next % (size * 10) === 0 && next + size * 10 - 1 <= last && size < 10_000_000) size *= 10;
    found.push(
      String(next)
        .padStart(8, '0')
        .slice(0, 8 - Math.round(Math.log10(size))),
    );
    next += size;
  }
  return found;
}
