/** Entries with their tags, the words they use (for spelling), and the search index of each database. */
import { type Kysely, sql } from 'kysely';

import { columnTypes, createPositionedTable, createTable, type Dialect, type Migration } from '#platform/db';

export const entriesMigration: Migration = {
  id: 'knowledge-0001-entries',
  up: async (db, dialect) => {
    await createEntries(db, dialect);
    await createTags(db, dialect);
    await createWords(db, dialect);
    await createIndex(db, dialect);
  },
};

async function createEntries(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  // The body comes last: SQLite then filters without reading the pages it overflows to.
  await createPositionedTable(db, dialect, 'knowledge_entries')
    .addColumn('id', type.text, (column) => column.notNull().unique())
    .addColumn('external_id', type.text, (column) => column.unique())
    .addColumn('type', type.text, (column) => column.notNull())
    .addColumn('status', type.text, (column) => column.notNull())
    .addColumn('lang', type.text, (column) => column.notNull())
    .addColumn('version', type.integer, (column) => column.notNull())
    .addColumn('content_hash', type.text, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('created_by', type.text, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .addColumn('updated_by', type.text, (column) => column.notNull())
    .addColumn('title', type.text, (column) => column.notNull())
    .addColumn('body', type.text, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('knowledge_entries_by_change')
    .on('knowledge_entries')
    .columns(['updated_at', 'position'])
    .execute();
  await db.schema
    .createIndex('knowledge_entries_by_content')
    .on('knowledge_entries')
    .columns(['content_hash'])
    .execute();
}

async function createTags(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'knowledge_entry_tags')
    .addColumn('tag', type.text, (column) => column.notNull())
    .addColumn('entry_position', type.bigint, (column) =>
      column.notNull().references('knowledge_entries.position').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('knowledge_entry_tags_key', ['tag', 'entry_position'])
    .execute();
  await db.schema
    .createIndex('knowledge_entry_tags_by_entry')
    .on('knowledge_entry_tags')
    .columns(['entry_position'])
    .execute();
}

async function createWords(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'knowledge_words')
    .addColumn('word', type.text, (column) => column.primaryKey().notNull())
    .addColumn('entries', type.integer, (column) => column.notNull())
    .execute();
}

/** Each database searches with its own kind of index; the entries behind it are the same. */
async function createIndex(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  if (dialect === 'sqlite') {
    // Contentless: the terms only; the texts themselves are in knowledge_entries.
    await sql`
      create virtual table knowledge_index using fts5(
        title, tags, body, content = '', contentless_delete = 1, tokenize = 'unicode61'
      )`.execute(db);
    return;
  }
  await sql`create table knowledge_index (position bigint primary key not null, terms tsvector not null)`.execute(db);
  await sql`create index knowledge_index_by_term on knowledge_index using gin (terms)`.execute(db);
}
