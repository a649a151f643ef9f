/**
 * The index of PostgreSQL becomes posting lists of our own instead of a tsvector per entry (ADR 0039), made of what the
 * entries say, so that databases of any age end with the same. SQLite keeps its FTS5.
 */
import { type Kysely, sql } from 'kysely';

import type { Migration } from '#platform/db';

import { rebuildIndex } from '../core/search/rebuild-index.ts';
import { attachmentNames } from '../store/attachment-store.ts';
import type { KnowledgeTables } from '../store/knowledge-tables.ts';
import { searchIndexOf } from '../store/search-index-of.ts';

export const postingListsMigration: Migration = {
  id: 'knowledge-0015-posting-lists',
  up: async (db, dialect) => {
    if (dialect === 'sqlite') return;
    await sql`drop table knowledge_index`.execute(db);
    await createSegments(db);
    const entries = db.withTables<Pick<KnowledgeTables, keyof KnowledgeTables>>();
    await rebuildIndex(searchIndexOf(dialect), { entries, index: db }, (ids) => attachmentNames(entries, ids));
  },
};

async function createSegments(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence knowledge_index_generations`.execute(db);
  // What is indexed, and since which change of the index.
  await sql`create table knowledge_index (position bigint primary key not null, generation bigint not null)`.execute(
    db,
  );
  // What was indexed and is no more, until the segment that holds it is written anew.
  await sql`
    create table knowledge_index_dead (
      position bigint not null, generation bigint not null, primary key (position, generation)
    )`.execute(db);
  await sql`
    create table knowledge_index_segments (
      id text collate "C" primary key not null, size integer not null, entries bytea not null
    )`.execute(db);
  // Beside their rows as long as a page holds them; packing them again would find nothing to pack.
  await sql`
    create table knowledge_index_blocks (
      segment text collate "C" not null, first_term text collate "C" not null, terms bytea not null,
      primary key (segment, first_term)
    ) with (toast_tuple_target = 8160)`.execute(db);
  await sql`alter table knowledge_index_blocks alter column terms set storage external`.execute(db);
}
