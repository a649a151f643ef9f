/** How quickly alerts were taken on and over (B-184), from what was recorded of them. */
import { MINUTE } from '#kernel/units';
import { type Severity, severities } from '#platform/notify/contract';

import { type AlertTypeName, responseMinutes } from '../contract/index.ts';

export interface AlertTimes {
  readonly type: AlertTypeName;
  readonly severity: Severity;
  readonly first_at: string;
  readonly acknowledged_at: string | null;
  readonly resolved_at: string | null;
}

export interface AlertResponse {
  readonly severity: Severity;
  readonly raised: number;
  readonly withinTarget: number;
  readonly targetMinutes: number;
  readonly medianMinutesToAcknowledge: number | null;
  readonly medianMinutesToResolve: number | null;
  readonly p95MinutesToResolve: number | null;
}

/** Most severe first. */
export function figuresOf(rows: readonly AlertTimes[]): readonly AlertResponse[] {
  return severities.toReversed().map((severity) => {
    const own = rows.filter((row) => row.severity === severity);
    const targetMinutes = responseMinutes[severity];
    const acknowledged = own.flatMap((row) => minutesUntil(row, row.acknowledged_at));
    const resolved = own.flatMap((row) => minutesUntil(row, row.resolved_at));
    return {
      severity,
      raised: own.length,
      withinTarget: own.filter((row) => isWithin(row, targetMinutes)).length,
      targetMinutes,
      medianMinutesToAcknowledge: percentile(acknowledged, 50),
      medianMinutesToResolve: percentile(resolved, 50),
      p95MinutesToResolve: percentile(resolved, 95),
    };
  });
}

function isWithin(row: AlertTimes, minutes: number): boolean {
  return [row.acknowledged_at, row.resolved_at].some((at) => minutesUntil(row, at).some((one) => one <= minutes));
}

/** Most frequent first. */
export function countTypes(rows: readonly AlertTimes[]) {
  return [...Map.groupBy(rows, ({ type }) => type)]
    .map(([type, own]) => ({ type, raised: own.length }))
    .toSorted((a, b) => b.raised - a.raised || a.type.localeCompare(b.type));
}

function minutesUntil({ first_at: first }: AlertTimes, at: string | null): readonly number[] {
  return at === null ? [] : [(Date.parse(at) - Date.parse(first)) / MINUTE];
}

/** By nearest rank; null of nothing. */
function percentile(values: readonly number[], percent: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(Math.ceil((percent / 100) * sorted.length) - 1, 0)];
  return value === undefined ? null : Math.round(value * 10) / 10;
}
