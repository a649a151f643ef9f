/** Tags as people look for them. */
import { type Selectable, sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';
import type { Count } from './search-store.ts';

/** Tags of entries that are not archived, which begin in one of these ways; the most frequent first. */
export async function tagsBeginning(
  reads: ReadTables<KnowledgeTables>,
  scope: ReadingScope | undefined,
  beginnings: readonly string[],
  limit: number,
): Promise<readonly Count[]> {
  const ranges = beginnings.map((one) => sql<boolean>`(t.tag >= ${one} and t.tag < ${`${one}\u{10ffff}`})`);
  return await reads
    .selectFrom('knowledge_entry_tags as t')
    .innerJoin('knowledge_entries as e', 'e.position', 't.entry_position')
    .select(({ fn }) => ['t.tag as value', fn.countAll<number>().as('count')])
    .where(sql<boolean>`(${sql.join(ranges, sql` or `)})`)
    .where('e.status', '<>', 'archived')
    .where(readable(scope, 'e'))
    .groupBy('t.tag')
    .orderBy('count', 'desc')
    .orderBy('value')
    .limit(limit)
    .execute();
}

/** How many of the entries that may be seen have each tag; the most frequent first. */
export async function countAllTags(
  reads: ReadTables<KnowledgeTables>,
  scope: ReadingScope | undefined,
  limit: number,
): Promise<readonly Count[]> {
  return await reads
    .selectFrom('knowledge_entry_tags as t')
    .innerJoin('knowledge_entries as e', 'e.position', 't.entry_position')
    .select(({ fn }) => ['t.tag as value', fn.countAll<number>().as('count')])
    .where(readable(scope, 'e'))
    .groupBy('t.tag')
    .orderBy('count', 'desc')
    .orderBy('value')
    .limit(limit)
    .execute();
}

export interface TagAlias {
  /** In one spelling. */
  readonly folded: string;
  /** As it was written. */
  readonly alias: string;
  readonly tag: string;
}

export async function readTagAliases(reads: ReadTables<KnowledgeTables>): Promise<readonly TagAlias[]> {
  return await reads.selectFrom('knowledge_tag_aliases').selectAll().orderBy('folded').execute();
}

/** What led to the alias leads to its tag from now on. */
export async function putTagAlias(tables: Tables<KnowledgeTables>, added: TagAlias): Promise<void> {
  const { alias, tag } = added;
  await tables.updateTable('knowledge_tag_aliases').set({ tag }).where('tag', '=', alias).execute();
  await tables
    .insertInto('knowledge_tag_aliases')
    .values(added)
    .onConflict((conflict) => conflict.column('folded').doUpdateSet({ tag, alias }))
    .execute();
}

export async function deleteTagAlias(tables: Tables<KnowledgeTables>, folded: string): Promise<void> {
  await tables.deleteFrom('knowledge_tag_aliases').where('folded', '=', folded).execute();
}

export type TagMeaning = Selectable<KnowledgeTables['knowledge_tags']>;

export async function readTagMeanings(reads: ReadTables<KnowledgeTables>): Promise<readonly TagMeaning[]> {
  return await reads.selectFrom('knowledge_tags').selectAll().orderBy('tag').execute();
}

export async function putTagMeaning(tables: Tables<KnowledgeTables>, meaning: TagMeaning): Promise<void> {
  await tables
    .insertInto('knowledge_tags')
    .values(meaning)
    .onConflict((conflict) => conflict.column('tag').doUpdateSet(meaning))
    .execute();
}

export async function deleteTagMeaning(tables: Tables<KnowledgeTables>, tag: string): Promise<void> {
  await tables.deleteFrom('knowledge_tags').where('tag', '=', tag).execute();
}

/** What the other name means from now on, unless it means something already. */
export async function moveTagMeaning(tables: Tables<KnowledgeTables>, from: string, to: string): Promise<void> {
  const known = await tables.selectFrom('knowledge_tags').select('tag').where('tag', '=', to).executeTakeFirst();
  if (known !== undefined) return await deleteTagMeaning(tables, from);
  await tables.updateTable('knowledge_tags').set({ tag: to }).where('tag', '=', from).execute();
}

/** Positions of entries with the tag, beginning behind `after`. */
export async function positionsTagged(
  reads: ReadTables<KnowledgeTables>,
  tag: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly number[]> {
  const rows = await reads
    .selectFrom('knowledge_entry_tags')
    .select('entry_position')
    .where('tag', '=', tag)
    .where('entry_position', '>', after)
    .orderBy('entry_position')
    .limit(limit)
    .execute();
  return rows.map((row) => row.entry_position);
}
