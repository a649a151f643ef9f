import { useMemo } from 'react';
import { useTexts } from './use-texts.ts';

const SECOND = 1000;
const spans: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365 * 86_400 * SECOND],
  ['month', 30 * 86_400 * SECOND],
  ['day', 86_400 * SECOND],
  ['hour', 3600 * SECOND],
  ['minute', 60 * SECOND],
  ['second', SECOND],
];
const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export interface Format {
  readonly number: (value: number) => string;
  /** Binary units with one decimal: `1.5 GiB`. */
  readonly bytes: (value: number) => string;
  readonly percent: (ratio: number) => string;
  readonly dateTime: (iso: string) => string;
  readonly date: (iso: string) => string;
  /** `3 hours ago`, `in 2 days`. */
  readonly relative: (iso: string, now?: number) => string;
  /** `1:02:03`, `2:03`. */
  readonly clock: (seconds: number) => string;
}

/** Numbers, dates and sizes as people of the page's language write them. */
export function useFormat(): Format {
  const { i18n } = useTexts();
  return useMemo(() => createFormat(i18n.language), [i18n.language]);
}

function createFormat(locale: string): Format {
  const integer = new Intl.NumberFormat(locale);
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    number: (value) => integer.format(value),
    bytes: (value) => formatBytes(value, decimal),
    percent: (ratio) => percent.format(ratio),
    dateTime: (iso) => dateTime.format(new Date(iso)),
    date: (iso) => date.format(new Date(iso)),
    relative: (iso, now = Date.now()) => formatRelative(Date.parse(iso) - now, relative),
    clock: formatClock,
  };
}

function formatBytes(value: number, format: Intl.NumberFormat): string {
  const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(value) / 10));
  return `${format.format(value / 1024 ** power)} ${byteUnits[power]}`;
}

function formatRelative(ms: number, format: Intl.RelativeTimeFormat): string {
  const [unit, size] = spans.find((span) => Math.abs(ms) >= span[1]) ?? ['second', SECOND];
  return format.format(Math.round(ms / size), unit);
}

function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}
