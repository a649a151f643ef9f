/** Numbers, sizes, shares and dates as people write them in a query. */
import { DAY, GIB, KIB, MIB } from '#kernel/units';

import { startOf } from '../search/time-window.ts';
import { isDateField, type NumberField } from './field-values.ts';

/** What a written value covers, both ends included: one number, or the day, month or year a date names. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

const scales: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, 千: 1e3, 万: 1e4, 億: 1e8 };
const sizeUnits: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  tb: 1e12,
  kib: KIB,
  mib: MIB,
  gib: GIB,
};

/** Undefined when the text is no value of the field; `now` in milliseconds, for spans such as `30d`. */
export function readSpan(field: NumberField, text: string, now: number): Span | undefined {
  if (isDateField(field)) return readDate(text, now);
  switch (field) {
    case 'size':
      return readCount(text, sizeUnits);
    case 'likeRatio':
      return readShare(text);
    default:
      return readCount(text, scales);
  }
}

/** The smallest step between two values of the field: what "more than" adds. */
export function stepOf(field: NumberField): number {
  return field === 'likeRatio' ? Number.EPSILON : 1;
}

/** `30d`, `2w`, `6m`, `1y`. */
export function isSpanBack(text: string): boolean {
  return /^\d{1,4}(?:d|days?|w|weeks?|m|months?|y|years?)$/iu.test(text);
}

function readCount(text: string, units: Readonly<Record<string, number>>): Span | undefined {
  const match = /^(-?\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+)\s*(\p{L}*)$/u.exec(text);
  const unit = units[(match?.[2] ?? '').toLowerCase()];
  if (match === null || unit === undefined) return undefined;
  return whole(Math.round(Number(match[1]?.replaceAll(',', '')) * unit));
}

function readShare(text: string): Span | undefined {
  const match = /^(-?\d+(?:\.\d+)?(?:e-?\d+)?)(%?)$/u.exec(text);
  if (match === null) return undefined;
  const share = Number(match[1]) / (match[2] === '%' ? 100 : 1);
  return share <= 1 + Number.EPSILON ? { first: share, last: share } : undefined;
}

/** Days, months and years begin in UTC; a span counts back from now. */
function readDate(text: string, now: number): Span | undefined {
  if (isSpanBack(text)) return whole(startOf(text, now));
  const match = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/u.exec(text);
  if (match === null) {
    return /^\d{4}-\d{2}-\d{2}T/u.test(text) ? whole(Date.parse(text)) : undefined;
  }
  const [year, month, day] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  if (year === undefined || year < 1000 || year > 9998) return undefined;
  const first = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  if (!isSame(first, month ?? 1, day ?? 1)) return undefined;
  return { first, last: endOf(first, month, day) - 1 };
}

function endOf(first: number, month: number | undefined, day: number | undefined): number {
  if (day !== undefined) return first + DAY;
  const date = new Date(first);
  return month === undefined
    ? Date.UTC(date.getUTCFullYear() + 1, 0, 1)
    : Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** 30 February is no day, whatever `Date` makes of it. */
function isSame(moment: number, month: number, day: number): boolean {
  const date = new Date(moment);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function whole(value: number): Span | undefined {
  return Number.isSafeInteger(value) ? { first: value, last: value } : undefined;
}
