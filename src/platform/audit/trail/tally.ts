/** What reports of a period count in the log: by action, by who acted and by what was acted on, and what was refused. */
import { sql } from 'kysely';

import type { Database } from '#platform/db';

import type { ChainTables } from '../chain/audit-tables.ts';
import type { EntryView } from '../contract/entry-shapes.ts';
import { entryView } from './entry-search.ts';

export interface TallyPeriod {
  /** Instants; `until` exclusive. */
  readonly since: string;
  readonly until: string;
  /** Of the refusals and of who acted, the most recent and the busiest. */
  readonly limit: number;
}

export interface Tally {
  readonly actions: ReadonlyArray<{
    readonly action: string;
    readonly category: string;
    readonly done: number;
    readonly refused: number;
    readonly failed: number;
  }>;
  readonly actors: ReadonlyArray<{ readonly kind: string; readonly name: string; readonly entries: number }>;
  readonly subjects: ReadonlyArray<{ readonly kind: string; readonly entries: number }>;
  readonly refusals: readonly EntryView[];
}

export async function tallyEntries(database: Database, { since, until, limit }: TallyPeriod): Promise<Tally> {
  const log = database
    .tables<ChainTables>()
    .selectFrom('audit_log')
    .where(sql<string>`at`, '>=', since)
    .where(sql<string>`at`, '<', until);
  const count = sql<number | string>`count(*)`.as('entries');
  const actions = await log
    .select(['action', 'category', 'result', count])
    .groupBy(['action', 'category', 'result'])
    .execute();
  const actors = await log
    .select(['actor_kind', 'actor_name', count])
    .groupBy(['actor_kind', 'actor_name'])
    .orderBy('entries', 'desc')
    .orderBy('actor_name')
    .limit(limit)
    .execute();
  const subjects = await log.select(['subject_kind', count]).groupBy('subject_kind').orderBy('subject_kind').execute();
  const refusals = await log
    .selectAll()
    .where('category', 'in', ['authentication', 'authorization'])
    .where('result', 'in', ['refused', 'failed'])
    .orderBy('position', 'desc')
    .limit(limit)
    .execute();
  return {
    actions: [...Map.groupBy(actions, ({ action, category }) => `${action} ${category}`).values()]
      .map((rows) => actionOf(rows))
      .toSorted((a, b) => (a.action < b.action ? -1 : 1)),
    actors: actors.map((row) => ({ kind: row.actor_kind, name: row.actor_name, entries: Number(row.entries) })),
    subjects: subjects.map((row) => ({ kind: row.subject_kind, entries: Number(row.entries) })),
    refusals: refusals.map(entryView),
  };
}

interface CountedResult {
  readonly action: string;
  readonly category: string;
  readonly result: 'done' | 'refused' | 'failed';
  readonly entries: number | string;
}

function actionOf(rows: readonly CountedResult[]): Tally['actions'][number] {
  const counts = { done: 0, refused: 0, failed: 0 };
  for (const { result, entries } of rows) counts[result] += Number(entries);
  return { action: rows[0]?.action ?? '', category: rows[0]?.category ?? '', ...counts };
}
