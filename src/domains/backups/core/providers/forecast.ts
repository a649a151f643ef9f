/** When a place is full: a straight line through the days, as good as it fits. */
import { DAY } from '#kernel/units';

import type { ProviderView } from '../../contract/index.ts';

export interface UsedBytes {
  /** `2026-11-22`. */
  readonly day: string;
  readonly usedBytes: number;
}

const fewestDays = 5;
/** Somebody has to buy a disk before the last byte is written. */
const fullShare = 0.9;
/** Beyond, a straight line is no knowledge. */
const farthestMs = 10 * 366 * DAY;

/** Null with too few days; `fullOn` is null without growth or without a known end. */
export function forecastOf(days: readonly UsedBytes[], totalBytes: number | null): ProviderView['forecast'] {
  if (days.length < fewestDays) return null;
  const points = days.map(({ day, usedBytes }) => ({ x: Date.parse(day) / DAY, y: usedBytes }));
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const spreadX = mean(points.map(({ x }) => (x - meanX) ** 2));
  const spreadY = mean(points.map(({ y }) => (y - meanY) ** 2));
  const together = mean(points.map(({ x, y }) => (x - meanX) * (y - meanY)));
  const bytesPerDay = together / spreadX;
  const fit = spreadY === 0 ? 1 : Math.min(1, together ** 2 / (spreadX * spreadY));
  const last = points.at(-1);
  const fullOn =
    totalBytes === null || last === undefined || bytesPerDay <= 0
      ? null
      : dayAt((meanX + (totalBytes * fullShare - meanY) / bytesPerDay) * DAY, last.x * DAY);
  return { bytesPerDay: Math.round(bytesPerDay), fullOn, fit: Math.round(fit * 100) / 100, days: days.length };
}

function dayAt(time: number, lastKnown: number): string | null {
  if (time - lastKnown > farthestMs) return null;
  return new Date(Math.max(time, lastKnown)).toISOString().slice(0, 10);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
