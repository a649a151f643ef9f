/** The days a report tells of, in the organisation's zone. */
import { beginningOfDay, dayIn } from '#kernel/day-in';
import { KuraError } from '#kernel/errors';

import type { DocumentKind, DocumentWish } from '../../contract/index.ts';
import { addDays, daysBetween } from '../test-plans/calendar.ts';

export interface ReportPeriod {
  /** Days, both inclusive: `2026-11-22`. */
  readonly from: string;
  readonly to: string;
  /** The same as instants, `until` exclusive. */
  readonly since: string;
  readonly until: string;
}

const longestDays = 400;

/**
 * What was asked for, else the last whole day, week (Monday to Sunday) or month; what tells of the present looks back thirty days.
 * @throws KuraError invalid `backups.document-period` when it ends before it begins or is longer than 400 days.
 */
export function reportPeriod(
  wish: Pick<DocumentWish, 'kind' | 'from' | 'to'>,
  now: number,
  zone: string,
): ReportPeriod {
  const today = dayIn(zone, new Date(now).toISOString());
  const usual = usualDays(wish.kind, today);
  const to = wish.to ?? (wish.from === undefined ? usual.to : today);
  const from = wish.from ?? (wish.to === undefined ? usual.from : to);
  if (from > to || daysBetween(from, to) >= longestDays) {
    throw new KuraError('invalid', 'backups.document-period', { params: { from, to, days: longestDays } });
  }
  return { from, to, since: beginningOfDay(from, zone), until: beginningOfDay(addDays(to, 1), zone) };
}

const spanOf: Readonly<Record<DocumentKind, 'day' | 'week' | 'month' | 'thirty'>> = {
  daily: 'day',
  operations: 'day',
  weekly: 'week',
  monthly: 'month',
  'service-levels': 'month',
  availability: 'month',
  audit: 'month',
  iso27001: 'month',
  'audit-pack': 'month',
  compliance: 'thirty',
  status: 'thirty',
  verification: 'thirty',
  job: 'thirty',
  iso19650: 'thirty',
};

function usualDays(kind: DocumentKind, today: string): { readonly from: string; readonly to: string } {
  const yesterday = addDays(today, -1);
  const span = spanOf[kind];
  if (span === 'day') return { from: yesterday, to: yesterday };
  if (span === 'thirty') return { from: addDays(today, -30), to: yesterday };
  if (span === 'month') {
    const to = addDays(`${today.slice(0, 8)}01`, -1);
    return { from: `${to.slice(0, 8)}01`, to };
  }
  const sinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  return { from: addDays(today, -sinceMonday - 7), to: addDays(today, -sinceMonday - 1) };
}
