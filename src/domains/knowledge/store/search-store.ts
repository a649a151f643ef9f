/** Which entries match a condition, counted and in order. */
import { type RawBuilder, sql } from 'kysely';

import type { ReadTables } from '#platform/db';

import { type EntryStatus, type SearchOrder, severities } from '../contract/index.ts';
import type { ReadingScope } from '../core/entries/reading-scope.ts';
import { readable } from './readable.ts';
import type { ScoredPosition, SearchIndex, Slice } from './search-index.ts';

/** A condition of the index, asked of it. */
export interface Search {
  readonly reads: ReadTables<unknown>;
  readonly index: SearchIndex;
  readonly condition: string;
}

/** How entries are put in order where no words decide. */
export type EntryOrder = Exclude<SearchOrder, 'relevance'>;

const orders: Readonly<Record<EntryOrder, RawBuilder<unknown>>> = {
  updated: sql`e.updated_at desc, e.position desc`,
  created: sql`e.created_at desc, e.position desc`,
  title: sql`e.title, e.position`,
  type: sql`e.type, e.updated_at desc, e.position desc`,
  severity: sql`${severityRank('e')} desc, e.updated_at desc, e.position desc`,
};

/** Higher is more severe; 0 without one. */
function severityRank(entries: string): RawBuilder<unknown> {
  const ranks = severities.map((severity, rank) => sql`when ${sql.lit(severity)} then ${sql.lit(rank + 1)}`);
  return sql`case ${sql.ref(`${entries}.severity`)} ${sql.join(ranks, sql` `)} else 0 end`;
}

export async function orderedMatches(
  { reads, index, condition }: Search,
  order: EntryOrder,
  { limit, offset }: Slice,
): Promise<readonly ScoredPosition[]> {
  const found = await sql<ScoredPosition>`
    select e.position, 0 as score from ${await index.matched(reads, condition)} m join knowledge_entries e on e.position = m.position
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
    from ${await index.matched(reads, condition)} m ${index.withEntryFacts}
    group by 1, 2, 3, 4`.execute(reads);
  return found.rows;
}

/** How many matches share their owner and severity. */
export interface CareCount {
  readonly owner: string | null;
  readonly severity: string | null;
  readonly count: number;
}

/** Apart from `countFacts`: all six together have nearly as many groups as there are entries. */
export async function countCare({ reads, index, condition }: Search): Promise<readonly CareCount[]> {
  const found = await sql<CareCount>`
    select e.owner, e.severity, count(*) as count
    from ${await index.matched(reads, condition)} m ${index.withEntryFacts}
    group by 1, 2`.execute(reads);
  return found.rows;
}

export interface Count {
  readonly value: string;
  readonly count: number;
}

export async function countTags({ reads, index, condition }: Search, limit: number): Promise<readonly Count[]> {
  const found = await sql<Count>`
    select t.tag as value, count(*) as count
    from ${await index.matched(reads, condition)} m join knowledge_entry_tags t on t.entry_position = m.position
    group by t.tag order by count desc, value limit ${limit}`.execute(reads);
  return found.rows;
}
