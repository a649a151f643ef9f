/** Entries, voices, tasks and links, counted over a period; of entries the reader may see. */
import { sql } from 'kysely';

import type { ReadTables } from '#platform/db';

import type { EntryType, FeedbackKind, LinkKind } from '../contract/index.ts';
import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { Period } from '../core/usage/period.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';

type Reads = ReadTables<KnowledgeTables>;

export interface Asked extends Period {
  readonly scope: ReadingScope | undefined;
}

/** Instants of a day begin with it, and all of them are smaller than the day with this behind it. */
const endOfDay = '\u{7e}';

function entriesOf(reads: Reads, scope: ReadingScope | undefined) {
  return reads.selectFrom('knowledge_entries as e').where(readable(scope, 'e'));
}

function writtenIn(reads: Reads, { scope, from, to }: Asked) {
  return entriesOf(reads, scope).where('e.created_at', '>=', from).where('e.created_at', '<=', `${to}${endOfDay}`);
}

export async function countWritten(reads: Reads, asked: Asked, type?: EntryType): Promise<number> {
  let query = writtenIn(reads, asked).select(({ fn }) => fn.countAll<number>().as('count'));
  if (type !== undefined) query = query.where('e.type', '=', type);
  return (await query.executeTakeFirstOrThrow()).count;
}

/** Entries of a type by the day they were written on. */
export async function writtenByDay(reads: Reads, asked: Asked, type: EntryType): Promise<ReadonlyMap<string, number>> {
  const day = sql<string>`substr(e.created_at, 1, 10)`;
  const rows = await writtenIn(reads, asked)
    .where('e.type', '=', type)
    .select(({ fn }) => [day.as('day'), fn.countAll<number>().as('count')])
    .groupBy(day)
    .execute();
  return new Map(rows.map((row) => [row.day, row.count]));
}

/** Of the entries of a type that were written in the period, those that lead on by a link. */
export async function countLeadingOn(
  reads: Reads,
  asked: Asked,
  { type, kind }: { readonly type: EntryType; readonly kind: LinkKind },
): Promise<number> {
  const { count } = await writtenIn(reads, asked)
    .where('e.type', '=', type)
    .where((where) =>
      where.exists(
        where
          .selectFrom('knowledge_links as l')
          .select('l.source_id')
          .whereRef('l.source_id', '=', 'e.id')
          .where('l.kind', '=', kind),
      ),
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

export async function publishedByType(
  reads: Reads,
  scope: ReadingScope | undefined,
): Promise<ReadonlyMap<EntryType, number>> {
  const rows = await entriesOf(reads, scope)
    .where('e.status', '=', 'published')
    .select(({ fn }) => ['e.type', fn.countAll<number>().as('count')])
    .groupBy('e.type')
    .execute();
  return new Map(rows.map(({ type, count }) => [type, count]));
}

/** Published entries that are to be reviewed some day, and those of them whose day has passed. */
export async function countReviews(
  reads: Reads,
  scope: ReadingScope | undefined,
  today: string,
): Promise<{ readonly planned: number; readonly overdue: number }> {
  const row = await entriesOf(reads, scope)
    .where('e.status', '=', 'published')
    .select(({ fn }) => [
      fn.count<number>('e.review_on').as('planned'),
      sql<number | null>`sum(case when e.review_on < ${today} then 1 else 0 end)`.as('overdue'),
    ])
    .executeTakeFirstOrThrow();
  return { planned: row.planned, overdue: row.overdue ?? 0 };
}

export async function overdueEntries(
  reads: Reads,
  scope: ReadingScope | undefined,
  { today, limit }: { readonly today: string; readonly limit: number },
) {
  return await entriesOf(reads, scope)
    .where('e.status', '=', 'published')
    .where('e.review_on', '<', today)
    .select(['e.id', 'e.title', 'e.type', 'e.status'])
    .orderBy('e.review_on')
    .orderBy('e.id')
    .limit(limit)
    .execute();
}

/** Voices given in the period, as they are now. */
export async function countVoices(
  reads: Reads,
  { scope, from, to }: Asked,
): Promise<ReadonlyMap<FeedbackKind, number>> {
  const rows = await reads
    .selectFrom('knowledge_feedback as f')
    .innerJoin('knowledge_entries as e', 'e.id', 'f.entry_id')
    .where(readable(scope, 'e'))
    .where('f.given_at', '>=', from)
    .where('f.given_at', '<=', `${to}${endOfDay}`)
    .select(({ fn }) => ['f.kind', fn.countAll<number>().as('count')])
    .groupBy('f.kind')
    .execute();
  return new Map(rows.map(({ kind, count }) => [kind, count]));
}

/** Entries with more voices against them than for them, the most doubted first. */
export async function doubtedEntries(reads: Reads, scope: ReadingScope | undefined, limit: number) {
  const helpful = sql<number>`sum(case when f.kind = 'helpful' then 1 else 0 end)`;
  const against = sql<number>`sum(case when f.kind = 'helpful' then 0 else 1 end)`;
  return await reads
    .selectFrom('knowledge_feedback as f')
    .innerJoin('knowledge_entries as e', 'e.id', 'f.entry_id')
    .where(readable(scope, 'e'))
    .where('e.status', '!=', 'archived')
    .select(['e.id', 'e.title', 'e.type', 'e.status', helpful.as('helpful'), against.as('against')])
    .groupBy(['e.id', 'e.title', 'e.type', 'e.status'])
    .having(sql<boolean>`${against} > ${helpful}`)
    .orderBy(sql`${against} - ${helpful}`, 'desc')
    .orderBy('e.id')
    .limit(limit)
    .execute();
}

/** From opening to closing, of tasks closed in the period. */
export async function closingTimes(
  reads: Reads,
  { scope, from, to }: Asked,
): Promise<ReadonlyArray<{ readonly openedAt: string; readonly closedAt: string }>> {
  const rows = await reads
    .selectFrom('knowledge_tasks as t')
    .innerJoin('knowledge_entries as e', 'e.id', 't.entry_id')
    .where(readable(scope, 'e'))
    .where('t.closed_at', '>=', from)
    .where('t.closed_at', '<=', `${to}${endOfDay}`)
    .select(['t.opened_at', 't.closed_at'])
    .execute();
  return rows.flatMap(({ opened_at: openedAt, closed_at: closedAt }) =>
    closedAt === null ? [] : [{ openedAt, closedAt }],
  );
}
