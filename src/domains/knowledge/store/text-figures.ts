/** What the texts of entries are like, counted: their tags and their length. Of entries the reader may see. */
import { sql } from 'kysely';

import type { ReadTables } from '#platform/db';

import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';
import type { Count } from './search-store.ts';

type Reads = ReadTables<KnowledgeTables>;

export interface TextFigures {
  readonly entries: number;
  readonly withoutTag: number;
  /** How many texts are shorter than the first limit, than the second one …, and the rest. */
  readonly steps: readonly number[];
}

function present(reads: Reads, scope: ReadingScope | undefined) {
  return reads.selectFrom('knowledge_entries as e').where('e.status', '<>', 'archived').where(readable(scope, 'e'));
}

/** @param limits In characters, rising; as both databases count them. */
export async function textFigures(
  reads: Reads,
  scope: ReadingScope | undefined,
  limits: readonly number[],
): Promise<TextFigures> {
  const steps = limits.map((limit, step) => sql`when length(e.body) < ${sql.lit(limit)} then ${sql.lit(step)}`);
  const step = sql<number>`case ${sql.join(steps, sql` `)} else ${sql.lit(limits.length)} end`;
  const untagged = sql`not exists (select 1 from knowledge_entry_tags t where t.entry_position = e.position)`;
  const rows = await present(reads, scope)
    .select(({ fn }) => [
      step.as('step'),
      fn.countAll<number>().as('entries'),
      sql<number>`sum(case when ${untagged} then 1 else 0 end)`.as('untagged'),
    ])
    .groupBy(step)
    .execute();
  const byStep = new Map(rows.map((row) => [row.step, row.entries]));
  return {
    entries: rows.reduce((sum, row) => sum + row.entries, 0),
    withoutTag: rows.reduce((sum, row) => sum + row.untagged, 0),
    steps: [...limits.keys(), limits.length].map((one) => byStep.get(one) ?? 0),
  };
}

/** The most frequent tags, and how many there are. */
export async function tagSpread(
  reads: Reads,
  scope: ReadingScope | undefined,
  limit: number,
): Promise<{ readonly total: number; readonly items: readonly Count[] }> {
  const query = present(reads, scope).innerJoin('knowledge_entry_tags as t', 't.entry_position', 'e.position');
  const { total } = await query
    .select(({ fn }) => fn.count<number>('t.tag').distinct().as('total'))
    .executeTakeFirstOrThrow();
  const items = await query
    .select(({ fn }) => ['t.tag as value', fn.countAll<number>().as('count')])
    .groupBy('t.tag')
    .orderBy('count', 'desc')
    .orderBy('value')
    .limit(limit)
    .execute();
  return { total, items };
}
