/**
 * The index also holds type, state, tags, author and days, so that words and filters are one question to it. On SQLite
 * the body becomes the first column: FTS5 names any other column beside each place of a term, which was a third of it.
 */
import { type Kysely, sql } from 'kysely';

import { MIB } from '#kernel/units';
import type { Dialect, Migration } from '#platform/db';

import { rebuildIndex } from '../core/search/rebuild-index.ts';
import type { KnowledgeTables } from '../store/knowledge-tables.ts';
import { searchIndexOf } from '../store/search-index-of.ts';

export const factsInIndexMigration: Migration = {
  id: 'knowledge-0002-facts-in-index',
  up: async (db, dialect) => {
    await emptyIndex(db, dialect);
    // Counting by facts reads this instead of the texts.
    await db.schema
      .createIndex('knowledge_entries_by_facts')
      .on('knowledge_entries')
      .columns(['position', 'type', 'status', 'created_by', 'updated_at'])
      .execute();
    // Migration 0015 makes the index of PostgreSQL anew.
    if (dialect === 'postgres') return;
    await rebuildIndex(searchIndexOf(dialect), {
      entries: db.withTables<Pick<KnowledgeTables, keyof KnowledgeTables>>(),
      index: db,
    });
  },
};

async function emptyIndex(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  if (dialect === 'postgres') return;
  await sql`drop table knowledge_index`.execute(db);
  await sql`
    create virtual table knowledge_index using fts5(
      body, title, tags, content = '', contentless_delete = 1, tokenize = 'unicode61'
    )`.execute(db);
  // What a transaction collects before it is written; with the usual megabyte an import writes it all several times over.
  await sql`insert into knowledge_index (knowledge_index, rank) values ('hashsize', ${sql.lit(4 * MIB)})`.execute(db);
}
