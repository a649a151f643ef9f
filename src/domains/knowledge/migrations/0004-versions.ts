/**
 * Who sees an entry and who answers for it; what it said before, and what was removed and can come back. Words of entries
 * that not everybody sees leave the words that spelling suggests.
 */
import type { Kysely } from 'kysely';

import { columnTypes, createTable, type Dialect, type Migration } from '#platform/db';

import { hideUnopenedEntries } from '../core/entries/hide-unopened-entries.ts';
import type { KnowledgeTables } from '../store/knowledge-tables.ts';
import { searchIndexOf } from '../store/search-index-of.ts';

export const versionsMigration: Migration = {
  id: 'knowledge-0004-versions',
  up: async (db, dialect) => {
    await addCare(db, dialect);
    await createVersions(db, dialect);
    // Migration 0015 makes the index of PostgreSQL anew; words are counted anew on both.
    await hideUnopenedEntries(dialect === 'sqlite' ? searchIndexOf(dialect) : undefined, {
      entries: db.withTables<Pick<KnowledgeTables, keyof KnowledgeTables>>(),
      index: db,
    });
  },
};

async function addCare(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  const entries = db.schema.alterTable('knowledge_entries');
  await entries.addColumn('visibility', type.text, (column) => column.notNull().defaultTo('public')).execute();
  for (const name of ['department', 'owner', 'reviewer', 'review_on', 'severity', 'note'])
    await entries.addColumn(name, type.text).execute();
  await entries.addColumn('restored_from', type.integer).execute();
  await db.schema
    .createIndex('knowledge_entries_by_review')
    .on('knowledge_entries')
    .columns(['review_on', 'position'])
    .execute();
}

async function createVersions(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  // By id instead of position: a removed entry keeps its history until it goes for good.
  await createTable(db, dialect, 'knowledge_versions')
    .addColumn('entry_id', type.text, (column) => column.notNull())
    .addColumn('version', type.integer, (column) => column.notNull())
    .addColumn('saved_at', type.instant, (column) => column.notNull())
    .addColumn('saved_by', type.text, (column) => column.notNull())
    .addColumn('note', type.text)
    .addColumn('restored_from', type.integer)
    .addColumn('content', type.json, (column) => column.notNull())
    .addPrimaryKeyConstraint('knowledge_versions_key', ['entry_id', 'version'])
    .execute();
  await createTable(db, dialect, 'knowledge_removed')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('external_id', type.text)
    .addColumn('removed_at', type.instant, (column) => column.notNull())
    .addColumn('removed_by', type.text, (column) => column.notNull())
    .addColumn('merged_into', type.text)
    .addColumn('entry', type.json, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('knowledge_removed_by_time').on('knowledge_removed').columns(['removed_at']).execute();
  await db.schema
    .createIndex('knowledge_removed_by_external_id')
    .on('knowledge_removed')
    .columns(['external_id'])
    .execute();
}
