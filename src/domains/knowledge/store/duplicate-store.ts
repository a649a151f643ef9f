/** Pairs of entries that may say the same, as rows; the smaller id is `one`. */
import type { ReadTables, Tables } from '#platform/db';

import type { DuplicateMethod, DuplicatePair, DuplicateState } from '../contract/index.ts';
import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';

type Reads = ReadTables<KnowledgeTables>;
type Writes = Tables<KnowledgeTables>;

export interface PairKey {
  readonly one: string;
  readonly other: string;
}

export function pairKey(a: string, b: string): PairKey {
  return a < b ? { one: a, other: b } : { one: b, other: a };
}

export interface PairFilter {
  readonly scope: ReadingScope | undefined;
  readonly state?: DuplicateState;
  readonly key?: PairKey;
  readonly limit: number;
}

/** Of entries that are there and may both be seen; the most similar first. */
export async function pairsFound(
  reads: Reads,
  { scope, state, key, limit }: PairFilter,
): Promise<readonly DuplicatePair[]> {
  let query = reads
    .selectFrom('knowledge_duplicate_pairs as p')
    .innerJoin('knowledge_entries as a', 'a.id', 'p.one_id')
    .innerJoin('knowledge_entries as b', 'b.id', 'p.other_id')
    .selectAll('p')
    .select(['a.title as a_title', 'a.type as a_type', 'a.status as a_status', 'a.updated_at as a_at'])
    .select(['a.version as a_version', 'b.version as b_version'])
    .select(['b.title as b_title', 'b.type as b_type', 'b.status as b_status', 'b.updated_at as b_at'])
    .where(readable(scope, 'a'))
    .where(readable(scope, 'b'));
  if (state !== undefined) query = query.where('p.state', '=', state);
  if (key !== undefined) query = query.where('p.one_id', '=', key.one).where('p.other_id', '=', key.other);
  const rows = await query
    .orderBy('p.per_mille', 'desc')
    .orderBy('p.one_id')
    .orderBy('p.other_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    one: {
      id: row.one_id,
      title: row.a_title,
      type: row.a_type,
      status: row.a_status,
      updatedAt: row.a_at,
      version: row.a_version,
    },
    other: {
      id: row.other_id,
      title: row.b_title,
      type: row.b_type,
      status: row.b_status,
      updatedAt: row.b_at,
      version: row.b_version,
    },
    similarity: row.per_mille / 1000,
    method: row.method,
    foundAt: row.found_at,
    state: row.state,
    judgedAt: row.judged_at,
    judgedBy: row.judged_by,
    note: row.note,
  }));
}

export interface FoundPair extends PairKey {
  readonly perMille: number;
  readonly method: DuplicateMethod;
}

/** Entries that stand in an unjudged pair with this one. */
export async function partnersOf(reads: Reads, id: string): Promise<readonly string[]> {
  const rows = await reads
    .selectFrom('knowledge_duplicate_pairs')
    .select(['one_id', 'other_id'])
    .where((where) => where.or([where('one_id', '=', id), where('other_id', '=', id)]))
    .where('state', '=', 'pending')
    .execute();
  return rows.map(({ one_id: one, other_id: other }) => (one === id ? other : one));
}

/** All pairs of these entries that nobody judged are those found now; a judged pair stays as it was judged. */
export async function replacePairsOf(
  tables: Writes,
  ids: readonly string[],
  found: readonly FoundPair[],
  at: string,
): Promise<void> {
  await tables
    .deleteFrom('knowledge_duplicate_pairs')
    .where((where) => where.or([where('one_id', 'in', ids), where('other_id', 'in', ids)]))
    .where('state', '=', 'pending')
    .execute();
  for (const { one, other, perMille, method } of found) {
    await tables
      .insertInto('knowledge_duplicate_pairs')
      .values({
        one_id: one,
        other_id: other,
        per_mille: perMille,
        method,
        found_at: at,
        state: 'pending',
        judged_at: null,
        judged_by: null,
        note: null,
      })
      .onConflict((conflict) => conflict.columns(['one_id', 'other_id']).doUpdateSet({ per_mille: perMille, method }))
      .execute();
  }
}

export interface Judgement {
  readonly state: DuplicateState;
  readonly at: string;
  readonly by: string;
  readonly note: string | null;
}

export async function judgePair(tables: Writes, { one, other }: PairKey, judgement: Judgement): Promise<void> {
  const { state, at, by, note } = judgement;
  await tables
    .updateTable('knowledge_duplicate_pairs')
    .set({ state, judged_at: at, judged_by: by, note })
    .where('one_id', '=', one)
    .where('other_id', '=', other)
    .execute();
}

export async function deletePairsOf(tables: Writes, ids: readonly string[]): Promise<void> {
  await tables
    .deleteFrom('knowledge_duplicate_pairs')
    .where((where) => where.or([where('one_id', 'in', ids), where('other_id', 'in', ids)]))
    .execute();
}

/** A moment in the order of changes. */
export interface ChangePlace {
  readonly updatedAt: string;
  readonly position: number;
}

const start: ChangePlace = { updatedAt: '', position: 0 };

/** How far was looked; before everything when nobody has. */
export async function lookedUntil(reads: Reads): Promise<ChangePlace> {
  const row = await reads
    .selectFrom('knowledge_duplicate_looks')
    .select(['updated_at as updatedAt', 'position'])
    .where('kind', '=', 'entries')
    .executeTakeFirst();
  return row ?? start;
}

export async function noteLookedUntil(tables: Writes, { updatedAt, position }: ChangePlace): Promise<void> {
  const place = { updated_at: updatedAt, position };
  await tables
    .insertInto('knowledge_duplicate_looks')
    .values({ kind: 'entries', ...place })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet(place))
    .execute();
}

/** Entries changed since then, in the order of their changes. */
export async function changedSince(reads: Reads, place: ChangePlace, limit: number): Promise<readonly ChangePlace[]> {
  return await reads
    .selectFrom('knowledge_entries')
    .select(['updated_at as updatedAt', 'position'])
    .where((where) =>
      where(where.refTuple('updated_at', 'position'), '>', where.tuple(place.updatedAt, place.position)),
    )
    .orderBy('updated_at')
    .orderBy('position')
    .limit(limit)
    .execute();
}

export async function countChangedSince(reads: Reads, place: ChangePlace): Promise<number> {
  const { count } = await reads
    .selectFrom('knowledge_entries')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where((where) =>
      where(where.refTuple('updated_at', 'position'), '>', where.tuple(place.updatedAt, place.position)),
    )
    .executeTakeFirstOrThrow();
  return count;
}
