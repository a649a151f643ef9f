/** Which entries match a condition, counted and in order. */
import { type RawBuilder, sql } from 'kysely';

import type { ReadTables } from '#platform/db';

import type { EntryStatus } from '../contract/index.ts';
import type { ReadingScope } from '../core/entries/reading-scope.ts';
import { readable } from './readable.ts';
import type { SearchIndex } from './search-index.ts';

/** A condition of the index, asked of it. */
export interface Search {
  readonly reads: ReadTables<unknown>;
  readonly index: SearchIndex;
  readonly condition: string;
}

export interface ScoredPosition {
  readonly position: number;
  readonly score: number;
}

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

export async function countMatches({ reads, index, condition }: Search): Promise<number> {
  const found = await sql<{ total: number }>`select count(*) as total from ${index.matches(condition)} m`.execute(
    reads,
  );
  return found.rows[0]?.total ?? 0;
}

/** The best of the `among` last that match, best first. */
export async function bestMatches(
  { reads, index, condition }: Search,
  { limit, among }: { readonly limit: number; readonly among: number },
): Promise<readonly ScoredPosition[]> {
  const found = await sql<ScoredPosition>`
    select m.position, m.score from ${index.scored(condition, among)} m
    order by m.score desc, m.position desc limit ${limit}`.execute(reads);
  return found.rows;
}

/**
 * The best match of each condition, in one question to the database.
 * @returns position by condition; conditions that nothing matches are not in it
 */
export async function firstMatches(
  { reads, index }: Omit<Search, 'condition'>,
  conditions: readonly string[],
  among: number,
): Promise<ReadonlyMap<string, number>> {
  if (conditions.length === 0) return new Map();
  const firsts = conditions.map(
    (condition, place) => sql`
      select * from (
        select cast(${place} as integer) as place, m.position from ${index.scored(condition, among)} m
        order by m.score desc, m.position desc limit 1
      ) ${sql.ref(`first_${place}`)}`,
  );
  const found = await sql<{ place: number; position: number }>`${sql.join(firsts, sql` union all `)}`.execute(reads);
  return new Map(found.rows.map(({ place, position }) => [conditions[place] ?? '', position]));
}

/** More than any base holds. */
const all = 2 ** 31;

/** What comes behind `before` when all that match are put in order of score. */
export async function furtherMatches(
  { reads, index, condition }: Search,
  before: readonly number[],
  { limit, offset }: Slice,
): Promise<readonly ScoredPosition[]> {
  const others = before.length === 0 ? sql`` : sql`where m.position not in (${sql.join(before)})`;
  const found = await sql<ScoredPosition>`
    select m.position, m.score from ${index.scored(condition, all)} m ${others}
    order by m.score desc, m.position desc limit ${limit} offset ${offset}`.execute(reads);
  return found.rows;
}

/** The last positions that match, newest first. */
export async function newestMatches({ reads, index, condition }: Search, limit: number): Promise<readonly number[]> {
  const rows = sql`select m.position from ${index.matches(condition)} m order by m.position desc limit ${limit}`;
  const found = await sql<{ positions: string | null }>`
    select joined.positions from ${index.joinedPositions(rows)} joined`.execute(reads);
  return (found.rows[0]?.positions ?? '').split(' ').filter(Boolean).map(Number);
}

/** How entries are put in order where no words decide. */
export type EntryOrder = 'updated' | 'created' | 'title';

const orders: Readonly<Record<EntryOrder, RawBuilder<unknown>>> = {
  updated: sql`e.updated_at desc, e.position desc`,
  created: sql`e.created_at desc, e.position desc`,
  title: sql`e.title, e.position`,
};

export async function orderedMatches(
  { reads, index, condition }: Search,
  order: EntryOrder,
  { limit, offset }: Slice,
): Promise<readonly ScoredPosition[]> {
  const found = await sql<ScoredPosition>`
    select e.position, 0 as score from ${index.matches(condition)} m join knowledge_entries e on e.position = m.position
    order by ${orders[order]} limit ${limit} offset ${offset}`.execute(reads);
  return found.rows;
}

/** All entries of these states that the reader may see, without asking the index. */
export async function orderedEntries(
  reads: ReadTables<unknown>,
  { scope, status }: { readonly scope: ReadingScope | undefined; readonly status: readonly EntryStatus[] },
  { order, limit, offset }: Slice & { readonly order: EntryOrder },
): Promise<readonly ScoredPosition[]> {
  const found = await sql<ScoredPosition>`
    select e.position, 0 as score from knowledge_entries e where e.status in (${sql.join(status)}) and ${readable(scope, 'e')}
    order by ${orders[order]} limit ${limit} offset ${offset}`.execute(reads);
  return found.rows;
}

/** How many matches share these facts. */
export interface FactCount {
  readonly type: string;
  readonly status: string;
  readonly author: string;
  /** Of the last change, in UTC. */
  readonly year: string;
  readonly count: number;
}

export async function countFacts({ reads, index, condition }: Search): Promise<readonly FactCount[]> {
  const found = await sql<FactCount>`
    select e.type, e.status, e.created_by as author, substr(e.updated_at, 1, 4) as year, count(*) as count
    from ${index.matches(condition)} m ${index.withEntryFacts}
    group by 1, 2, 3, 4`.execute(reads);
  return found.rows;
}

export interface Count {
  readonly value: string;
  readonly count: number;
}

export async function countTags({ reads, index, condition }: Search, limit: number): Promise<readonly Count[]> {
  const found = await sql<Count>`
    select t.tag as value, count(*) as count
    from ${index.matches(condition)} m join knowledge_entry_tags t on t.entry_position = m.position
    group by t.tag order by count desc, value limit ${limit}`.execute(reads);
  return found.rows;
}
