/** Counts over a period of a verified chain (M-269): what happened, and nothing that pretends to be a grade. */
import { type Instant, instant } from '#kernel/brands';
import type { Database } from '#platform/db';

import type { ChainTables } from '../chain/audit-tables.ts';
import type { DetectionTables } from '../detections/detection-tables.ts';

export type Counts = Readonly<Record<string, number>>;

export interface PeriodCounts {
  readonly entries: number;
  readonly byCategory: Counts;
  readonly byLevel: Counts;
  readonly byResult: Counts;
  readonly detections: { readonly bySeverity: Counts; readonly open: number };
}

export interface Period {
  readonly from: Instant;
  readonly until: Instant;
  /** Entries behind this number were not verified and are not counted. */
  readonly lastSeq: number;
}

export async function countPeriod(database: Database, period: Period): Promise<PeriodCounts> {
  const byCategory = await countBy(database, period, 'category');
  return {
    entries: Object.values(byCategory).reduce((sum, count) => sum + count, 0),
    byCategory,
    byLevel: await countBy(database, period, 'level'),
    byResult: await countBy(database, period, 'result'),
    detections: await countDetections(database, period),
  };
}

async function countBy(database: Database, period: Period, column: 'category' | 'level' | 'result'): Promise<Counts> {
  const rows = await database
    .tables<ChainTables>()
    .selectFrom('audit_log')
    .select((from) => [from.ref(column).as('name'), from.fn.countAll<number>().as('count')])
    .where('at', '>=', period.from)
    .where('at', '<', period.until)
    .where('seq', '<=', period.lastSeq)
    .groupBy(column)
    .execute();
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

async function countDetections(database: Database, { from, until }: Period): Promise<PeriodCounts['detections']> {
  const rows = await database
    .tables<DetectionTables>()
    .selectFrom('audit_detections')
    .select(['severity', 'acknowledged_at'])
    .where('last_at', '>=', from)
    .where('first_at', '<', until)
    .execute();
  const bySeverity: Record<string, number> = {};
  for (const { severity } of rows) bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
  return { bySeverity, open: rows.filter((row) => row.acknowledged_at === null).length };
}

export function periodOf(now: number, ms: number): { readonly from: Instant; readonly until: Instant } {
  return { from: instant(new Date(now - ms)), until: instant(new Date(now + 1)) };
}
