/** The catalogue in full: counters, rights, images, creators, hashes, history, answers as sent, and what searches read. */
import { type Kysely, sql } from 'kysely';

import { columnTypes, createTable, type Dialect, type Migration } from '#platform/db';

export const catalogueMigration: Migration = {
  id: 'models-0002-catalogue',
  up: async (db, dialect) => {
    await widenModels(db, dialect);
    await widenVersions(db, dialect);
    await createParts(db, dialect);
    await createHistory(db, dialect);
    await createModelIndex(db, dialect);
    await createVersionIndex(db, dialect);
  },
};

/** SQLite adds one column per statement. */
async function addColumns(
  db: Kysely<unknown>,
  table: string,
  columns: Readonly<Record<string, ReturnType<typeof columnTypes>['text']>>,
): Promise<void> {
  for (const [name, type] of Object.entries(columns)) {
    await db.schema.alterTable(table).addColumn(name, type).execute();
  }
}

/** Single columns instead of JSON: each is kept by itself where a later answer is silent. */
async function widenModels(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await db.schema.alterTable('catalogue_models').dropColumn('licence').execute();
  await db.schema.alterTable('catalogue_models').dropColumn('stats').execute();
  await addColumns(db, 'catalogue_models', {
    allow_commercial: type.json,
    allow_no_credit: type.flag,
    allow_derivatives: type.flag,
    allow_different_license: type.flag,
    downloads: type.bigint,
    thumbs_up: type.bigint,
    thumbs_down: type.bigint,
    comments: type.bigint,
    tips: type.bigint,
    poi: type.flag,
    minor: type.flag,
    sfw_only: type.flag,
    availability: type.text,
    extra: type.json,
    removed_at: type.instant,
    checked_at: type.instant,
  });
}

async function widenVersions(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await addColumns(db, 'catalogue_versions', {
    base_model_type: type.text,
    status: type.text,
    availability: type.text,
    usage_control: type.text,
    gate_opens_at: type.instant,
    created_at: type.instant,
    updated_at: type.instant,
    description: type.text,
    downloads: type.bigint,
    thumbs_up: type.bigint,
    thumbs_down: type.bigint,
    air: type.text,
    extra: type.json,
    first_seen_at: type.instant,
    removed_at: type.instant,
  });
  await addColumns(db, 'catalogue_files', {
    fp: type.text,
    pruning: type.text,
    quant_type: type.text,
    is_primary: type.flag,
    pickle_scan: type.text,
    virus_scan: type.text,
    scanned_at: type.instant,
  });
}

async function createParts(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'catalogue_tags')
    .addColumn('model_id', type.bigint, (column) => column.notNull())
    .addColumn('tag_key', type.text, (column) => column.notNull())
    .addColumn('tag', type.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('catalogue_tags_key', ['model_id', 'tag_key'])
    .execute();
  await db.schema.createIndex('catalogue_tags_by_key').on('catalogue_tags').columns(['tag_key', 'model_id']).execute();
  await createTable(db, dialect, 'catalogue_creators')
    .addColumn('username', type.text, (column) => column.primaryKey().notNull())
    .addColumn('image_url', type.text)
    .addColumn('first_seen_at', type.instant, (column) => column.notNull())
    .addColumn('seen_at', type.instant, (column) => column.notNull())
    .execute();
  await createTable(db, dialect, 'catalogue_images')
    .addColumn('version_id', type.bigint, (column) => column.notNull())
    .addColumn('url', type.text, (column) => column.notNull())
    .addColumn('place', type.integer, (column) => column.notNull())
    .addColumn('image_id', type.bigint)
    .addColumn('type', type.text)
    .addColumn('width', type.integer)
    .addColumn('height', type.integer)
    .addColumn('blur_hash', type.text)
    .addColumn('nsfw_level', type.integer)
    .addColumn('meta', type.json)
    .addColumn('seen_at', type.instant, (column) => column.notNull())
    .addPrimaryKeyConstraint('catalogue_images_key', ['version_id', 'url'])
    .execute();
  await createTable(db, dialect, 'catalogue_hashes')
    .addColumn('digest', type.text, (column) => column.notNull())
    .addColumn('algorithm', type.text, (column) => column.notNull())
    .addColumn('version_id', type.bigint, (column) => column.notNull())
    .addColumn('file_id', type.bigint, (column) => column.notNull())
    .addPrimaryKeyConstraint('catalogue_hashes_key', ['digest', 'algorithm', 'version_id', 'file_id'])
    .execute();
}

async function createHistory(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'catalogue_stats')
    .addColumn('subject', type.text, (column) => column.notNull())
    .addColumn('subject_id', type.bigint, (column) => column.notNull())
    .addColumn('day', type.text, (column) => column.notNull())
    .addColumn('taken_at', type.instant, (column) => column.notNull())
    .addColumn('downloads', type.bigint)
    .addColumn('thumbs_up', type.bigint)
    .addColumn('thumbs_down', type.bigint)
    .addColumn('comments', type.bigint)
    .addColumn('tips', type.bigint)
    .addPrimaryKeyConstraint('catalogue_stats_key', ['subject', 'subject_id', 'day'])
    .execute();
  await createTable(db, dialect, 'catalogue_answers')
    .addColumn('subject', type.text, (column) => column.notNull())
    .addColumn('subject_id', type.bigint, (column) => column.notNull())
    .addColumn('origin', type.text, (column) => column.notNull())
    .addColumn('schema_version', type.integer, (column) => column.notNull())
    .addColumn('fetched_at', type.instant, (column) => column.notNull())
    .addColumn('body', type.binary, (column) => column.notNull())
    .addPrimaryKeyConstraint('catalogue_answers_key', ['subject', 'subject_id', 'origin'])
    .execute();
}

/** What an order can go by; the id parts those that are equal. */
const orderColumns = [
  'downloads',
  'likes',
  'comments',
  'buzz',
  'published_at',
  'updated_at',
  'name_key',
  'size',
  'quality',
];

/** Derived from the tables above, one row per model; searches read only this and the next. Wide texts come last. */
async function createModelIndex(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'catalogue_index')
    .addColumn('position', type.bigint, (column) => column.primaryKey().notNull())
    .addColumn('model_id', type.bigint, (column) => column.notNull().unique())
    .addColumn('print', type.text, (column) => column.notNull())
    .addColumn('downloads', type.bigint, (column) => column.notNull())
    .addColumn('likes', type.bigint, (column) => column.notNull())
    .addColumn('comments', type.bigint, (column) => column.notNull())
    .addColumn('buzz', type.bigint, (column) => column.notNull())
    .addColumn('interactions', type.bigint, (column) => column.notNull())
    .addColumn('like_ratio', type.real, (column) => column.notNull())
    .addColumn('quality', type.real, (column) => column.notNull())
    .addColumn('size', type.bigint, (column) => column.notNull())
    .addColumn('published_at', type.instant, (column) => column.notNull())
    .addColumn('updated_at', type.instant, (column) => column.notNull())
    .addColumn('seen_at', type.instant, (column) => column.notNull())
    .addColumn('type_key', type.text, (column) => column.notNull())
    .addColumn('state_key', type.text, (column) => column.notNull())
    .addColumn('rights', type.text, (column) => column.notNull())
    .addColumn('creator_key', type.text, (column) => column.notNull())
    .addColumn('name_key', type.text, (column) => column.notNull())
    .addColumn('tag_keys', type.text, (column) => column.notNull())
    .addColumn('category_keys', type.text, (column) => column.notNull())
    .addColumn('name_terms', type.text, (column) => column.notNull())
    .addColumn('creator_terms', type.text, (column) => column.notNull())
    .addColumn('tag_terms', type.text, (column) => column.notNull())
    .addColumn('about_terms', type.text, (column) => column.notNull())
    .execute();
  for (const column of orderColumns) {
    await db.schema
      .createIndex(`catalogue_index_by_${column}`)
      .on('catalogue_index')
      .columns([column, 'model_id'])
      .execute();
  }
  if (dialect === 'sqlite') {
    // Contentless: the terms only; rowid = position, so that popular models come first in every posting list.
    await sql`
      create virtual table catalogue_terms using fts5(
        name, labels, words, about, facts, content = '', contentless_delete = 1, tokenize = 'unicode61'
      )`.execute(db);
    return;
  }
  await sql`alter table catalogue_index add column terms tsvector not null default ''`.execute(db);
  await sql`create index catalogue_index_by_term on catalogue_index using gin (terms) with (fastupdate = off)`.execute(
    db,
  );
}

/** One row per version that is known together with its model. */
async function createVersionIndex(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'catalogue_version_index')
    .addColumn('model_id', type.bigint, (column) => column.notNull())
    .addColumn('place', type.integer, (column) => column.notNull())
    .addColumn('version_id', type.bigint, (column) => column.notNull())
    .addColumn('base_key', type.text, (column) => column.notNull())
    .addColumn('rating', type.text, (column) => column.notNull())
    .addColumn('gate_opens_at', type.instant)
    .addColumn('closed', type.flag, (column) => column.notNull())
    .addColumn('published_at', type.instant)
    .addColumn('formats', type.text, (column) => column.notNull())
    .addColumn('name_key', type.text, (column) => column.notNull())
    .addColumn('word_keys', type.text, (column) => column.notNull())
    .addColumn('name_terms', type.text, (column) => column.notNull())
    .addColumn('words_terms', type.text, (column) => column.notNull())
    .addColumn('about_terms', type.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('catalogue_version_index_key', ['model_id', 'version_id'])
    .execute();
}
