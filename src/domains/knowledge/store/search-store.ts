/** Which entries match a condition and the filters, counted and in order of score. */
import { type RawBuilder, sql } from 'kysely';

import type { ReadTables } from '#platform/db';

import type { EntryStatus, EntryType } from '../contract/index.ts';
import type { SearchIndex } from './search-index.ts';

export interface SearchFilter {
  /** In the dialect of the index; undefined: everything. */
  readonly condition: string | undefined;
  readonly type?: readonly EntryType[] | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly status: readonly EntryStatus[];
}

export interface ScoredPosition {
  readonly position: number;
  readonly score: number;
}

export interface Count {
  readonly value: string;
  readonly count: number;
}

export interface Search {
  readonly reads: ReadTables<unknown>;
  readonly index: SearchIndex;
  readonly filter: SearchFilter;
}

export async function countMatches({ reads, index, filter }: Search): Promise<number> {
  const found = await sql<{ total: number }>`
    select count(*) as total from ${matching(index, filter)} where ${passes(filter)}`.execute(reads);
  return found.rows[0]?.total ?? 0;
}

/** Best first; equal ones last changed first. */
export async function bestMatches(
  { reads, index, filter }: Search,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly ScoredPosition[]> {
  const found = await sql<ScoredPosition>`
    select e.position, m.score from ${matching(index, filter)} where ${passes(filter)}
    order by m.score desc, e.updated_at desc, e.position desc
    limit ${limit} offset ${offset}`.execute(reads);
  return found.rows;
}

export async function countTypes({ reads, index, filter }: Search): Promise<readonly Count[]> {
  const found = await sql<Count>`
    select e.type as value, count(*) as count from ${matching(index, filter)} where ${passes(filter)}
    group by e.type order by count desc, value`.execute(reads);
  return found.rows;
}

export async function countTags({ reads, index, filter }: Search, limit: number): Promise<readonly Count[]> {
  const found = await sql<Count>`
    select t.tag as value, count(*) as count
    from ${matching(index, filter)} join knowledge_entry_tags t on t.entry_position = e.position
    where ${passes(filter)}
    group by t.tag order by count desc, value limit ${limit}`.execute(reads);
  return found.rows;
}

function matching(index: SearchIndex, { condition }: SearchFilter): RawBuilder<unknown> {
  return condition === undefined
    ? sql`(select position, 0.0 as score from knowledge_entries) m join knowledge_entries e on e.position = m.position`
    : sql`${index.matches(condition)} m join knowledge_entries e on e.position = m.position`;
}

function passes({ type, tag = [], status }: SearchFilter): RawBuilder<unknown> {
  const conditions = [sql`e.status in (${sql.join(status)})`];
  if (type !== undefined) conditions.push(sql`e.type in (${sql.join(type)})`);
  for (const one of tag) {
    conditions.push(sql`e.position in (select entry_position from knowledge_entry_tags where tag = ${one})`);
  }
  return sql.join(conditions, sql` and `);
}
