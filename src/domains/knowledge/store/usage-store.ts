/** What was searched and read, counted. Entries are those the reader may see; searches everybody's. */
import { sql } from 'kysely';

import type { ReadTables } from '#platform/db';

import type { EntryType, UseAction } from '../contract/index.ts';
import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { Period } from '../core/usage/period.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';

type Reads = ReadTables<KnowledgeTables>;

export interface SearchSums {
  readonly searches: number;
  /** Of these, those that found something. */
  readonly found: number;
  /** Of those, those of which something was opened. */
  readonly opened: number;
}

export async function sumSearches(reads: Reads, { from, to }: Period): Promise<SearchSums> {
  const row = await reads
    .selectFrom('knowledge_searches')
    .select(({ fn }) => [
      fn.countAll<number>().as('searches'),
      sql<number | null>`sum(case when hits > 0 then 1 else 0 end)`.as('found'),
      fn.count<number>('opened_after_ms').as('opened'),
    ])
    .where('searched_on', '>=', from)
    .where('searched_on', '<=', to)
    .executeTakeFirstOrThrow();
  return { searches: row.searches, found: row.found ?? 0, opened: row.opened };
}

/** The middle one of so many. */
export async function medianOpening(reads: Reads, { from, to }: Period, opened: number): Promise<number | null> {
  if (opened === 0) return null;
  const row = await reads
    .selectFrom('knowledge_searches')
    .select('opened_after_ms')
    .where('searched_on', '>=', from)
    .where('searched_on', '<=', to)
    .where('opened_after_ms', 'is not', null)
    .orderBy('opened_after_ms')
    .limit(1)
    .offset(Math.floor((opened - 1) / 2))
    .executeTakeFirst();
  return row?.opened_after_ms ?? null;
}

export interface SearchedWords {
  readonly query: string;
  readonly searches: number;
  readonly lastOn: string;
}

/** Found at least twice, never opened; the most frequent first. */
export async function neverOpened(
  reads: Reads,
  { from, to }: Period,
  limit: number,
): Promise<readonly SearchedWords[]> {
  const rows = await reads
    .selectFrom('knowledge_searches')
    .select(({ fn }) => [
      fn.max('query').as('query'),
      fn.countAll<number>().as('searches'),
      fn.max('searched_on').as('last_on'),
    ])
    .where('searched_on', '>=', from)
    .where('searched_on', '<=', to)
    .where('folded', '!=', '')
    .groupBy('folded')
    .having(({ fn }) => fn.countAll(), '>=', 2)
    .having(({ fn }) => fn.count('opened_after_ms'), '=', 0)
    .having(({ fn }) => fn.min('hits'), '>', 0)
    .orderBy('searches', 'desc')
    .orderBy('query')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ query: row.query, searches: row.searches, lastOn: row.last_on }));
}

/** Searches of each day, and those of them that found nothing. */
export async function searchesByDay(
  reads: Reads,
  { from, to }: Period,
): Promise<ReadonlyMap<string, { readonly searches: number; readonly withoutHit: number }>> {
  const rows = await reads
    .selectFrom('knowledge_searches')
    .select(({ fn }) => [
      'searched_on',
      fn.countAll<number>().as('searches'),
      sql<number>`sum(case when hits = 0 then 1 else 0 end)`.as('without_hit'),
    ])
    .where('searched_on', '>=', from)
    .where('searched_on', '<=', to)
    .groupBy('searched_on')
    .execute();
  return new Map(rows.map((row) => [row.searched_on, { searches: row.searches, withoutHit: row.without_hit }]));
}

/** Uses of one kind of entries the reader may see. */
export interface UsesAsked extends Period {
  readonly scope: ReadingScope | undefined;
  readonly action: UseAction;
}

function usesOf(reads: Reads, { scope, action, from, to }: UsesAsked) {
  return reads
    .selectFrom('knowledge_uses as u')
    .innerJoin('knowledge_entries as e', 'e.id', 'u.entry_id')
    .where('u.used_on', '>=', from)
    .where('u.used_on', '<=', to)
    .where('u.action', '=', action)
    .where(readable(scope, 'e'));
}

const times = sql<number>`sum(u.times)`;

export async function usesByDay(reads: Reads, asked: UsesAsked): Promise<ReadonlyMap<string, number>> {
  const rows = await usesOf(reads, asked)
    .select(['u.used_on', times.as('times')])
    .groupBy('u.used_on')
    .execute();
  return new Map(rows.map((row) => [row.used_on, row.times]));
}

export async function usesByType(reads: Reads, asked: UsesAsked): Promise<ReadonlyMap<EntryType, number>> {
  const rows = await usesOf(reads, asked)
    .select(['e.type', times.as('times')])
    .groupBy('e.type')
    .execute();
  return new Map(rows.map((row) => [row.type, row.times]));
}

const named = ['e.id', 'e.title', 'e.type', 'e.status'] as const;

/** The most used first, with how many different readers did; who reads in two months counts in each. */
export async function mostUsed(reads: Reads, asked: UsesAsked, limit: number) {
  return await usesOf(reads, asked)
    .select([...named, times.as('views'), ({ fn }) => fn.count<number>('u.viewer').distinct().as('readers')])
    .groupBy([...named])
    .orderBy('views', 'desc')
    .orderBy('e.id')
    .limit(limit)
    .execute();
}

/** Published before the period, and not used in it; the longest unchanged first. */
export async function unused(reads: Reads, { scope, action, from, to }: UsesAsked, limit: number) {
  const query = reads
    .selectFrom('knowledge_entries as e')
    .where('e.status', '=', 'published')
    .where('e.created_at', '<', from)
    .where(readable(scope, 'e'))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('knowledge_uses as u')
            .select('u.entry_id')
            .whereRef('u.entry_id', '=', 'e.id')
            .where('u.used_on', '>=', from)
            .where('u.used_on', '<=', to)
            .where('u.action', '=', action),
        ),
      ),
    );
  const { total } = await query.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const items = await query
    .select([...named])
    .orderBy('e.updated_at')
    .orderBy('e.id')
    .limit(limit)
    .execute();
  return { total, items };
}

/** What was searched for most often since a day, found or not. */
export async function frequentQueries(reads: Reads, since: string, limit: number): Promise<readonly SearchedWords[]> {
  const rows = await reads
    .selectFrom('knowledge_searches')
    .select(({ fn }) => [
      fn.max('query').as('query'),
      fn.countAll<number>().as('searches'),
      fn.max('searched_on').as('last_on'),
    ])
    .where('searched_on', '>=', since)
    .where('folded', '!=', '')
    .groupBy('folded')
    .orderBy('searches', 'desc')
    .orderBy('query')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ query: row.query, searches: row.searches, lastOn: row.last_on }));
}
