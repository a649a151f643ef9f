/** The catalogue: what was seen of the site. Rows are filled up and refreshed, never deleted (trap 15). */
import { sql } from 'kysely';
import { z } from 'zod';

import type { FileHashes, Model, ModelFile, ModelVersion } from '#engines/civitai';
import type { Instant } from '#kernel/brands';
import type { Database, Transaction } from '#platform/db';

import { licenceSchema, type ModelDetail, publishedHashesSchema, statsSchema } from '../contract/index.ts';
import { presentHashes, presentLicence, presentStats } from '../core/catalogue/present-model.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';

/** Rows per statement: SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const CHUNK = 500;
const words = z.array(z.string());

export interface SeenVersion {
  readonly version: ModelVersion;
  /** Place in the creator's order. */
  readonly place: number;
}

export async function upsertModels(tx: Transaction, models: readonly Model[], at: Instant): Promise<void> {
  const rows = models.map((model) => ({
    model_id: model.modelId,
    name: model.name,
    type: model.type,
    creator: model.creator?.username ?? null,
    tags: JSON.stringify(model.tags),
    nsfw: model.nsfw === null ? null : Number(model.nsfw),
    nsfw_level: model.nsfwLevel,
    licence: JSON.stringify(presentLicence(model)),
    stats: JSON.stringify(presentStats(model)),
    mode: model.mode,
    description: model.descriptionHtml,
    first_seen_at: at,
    seen_at: at,
  }));
  for (const chunk of chunks(rows)) {
    await tx
      .tables<ModelsTables>()
      .insertInto('catalogue_models')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.column('model_id').doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          type: eb.ref('excluded.type'),
          creator: keep('catalogue_models', 'creator'),
          tags: eb.ref('excluded.tags'),
          nsfw: keep('catalogue_models', 'nsfw'),
          nsfw_level: keep('catalogue_models', 'nsfw_level'),
          licence: eb.ref('excluded.licence'),
          stats: eb.ref('excluded.stats'),
          mode: eb.ref('excluded.mode'),
          description: keep('catalogue_models', 'description'),
          seen_at: eb.ref('excluded.seen_at'),
        })),
      )
      .execute();
  }
  const versions = models.flatMap((model) => model.versions.map((version, place) => ({ version, place })));
  await upsertVersions(tx, versions, at);
}

/** Versions and their files; those that do not say which model they belong to are left out. */
export async function upsertVersions(tx: Transaction, seen: readonly SeenVersion[], at: Instant): Promise<void> {
  const rows = seen.flatMap(({ version, place }) =>
    version.modelId === null
      ? []
      : [
          {
            version_id: version.versionId,
            model_id: version.modelId,
            name: version.name,
            base_model: version.baseModel,
            place: version.index ?? place,
            published_at: version.publishedAt,
            nsfw_level: version.nsfwLevel,
            trained_words: JSON.stringify(version.trainedWords),
            seen_at: at,
          },
        ],
  );
  for (const chunk of chunks(uniqueBy(rows, (row) => row.version_id))) {
    await tx
      .tables<ModelsTables>()
      .insertInto('catalogue_versions')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.column('version_id').doUpdateSet((eb) => ({
          model_id: eb.ref('excluded.model_id'),
          name: eb.ref('excluded.name'),
          base_model: keep('catalogue_versions', 'base_model'),
          place: eb.ref('excluded.place'),
          published_at: keep('catalogue_versions', 'published_at'),
          nsfw_level: keep('catalogue_versions', 'nsfw_level'),
          trained_words: eb.ref('excluded.trained_words'),
          seen_at: eb.ref('excluded.seen_at'),
        })),
      )
      .execute();
  }
  await upsertFiles(
    tx,
    seen.flatMap(({ version }) => version.files.map((file) => fileRow(version, file, at))),
  );
}

async function upsertFiles(tx: Transaction, rows: readonly ReturnType<typeof fileRow>[]): Promise<void> {
  for (const chunk of chunks(uniqueBy(rows, (row) => `${row.version_id} ${row.file_id}`))) {
    await tx
      .tables<ModelsTables>()
      .insertInto('catalogue_files')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['version_id', 'file_id']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          type: eb.ref('excluded.type'),
          size_bytes: keep('catalogue_files', 'size_bytes'),
          format: keep('catalogue_files', 'format'),
          sha256: keep('catalogue_files', 'sha256'),
          hashes: eb.ref('excluded.hashes'),
          seen_at: eb.ref('excluded.seen_at'),
        })),
      )
      .execute();
  }
}

/** A version or file that stands twice in one answer would collide with itself inside one statement. */
function uniqueBy<Row>(rows: readonly Row[], key: (row: Row) => number | string): readonly Row[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

function fileRow(version: ModelVersion, file: ModelFile, at: Instant) {
  return {
    version_id: Number(version.versionId),
    file_id: Number(file.fileId),
    name: file.name,
    type: file.type,
    size_bytes: file.sizeBytes === null ? null : Number(file.sizeBytes),
    format: file.format,
    sha256: file.hashes.sha256,
    hashes: JSON.stringify(presentHashes(file.hashes satisfies FileHashes)),
    seen_at: at,
  };
}

/** The new value, or what was known before when the answer is silent. */
function keep<Value>(table: string, column: string) {
  return sql<Value>`coalesce(${sql.ref(`excluded.${column}`)}, ${sql.ref(`${table}.${column}`)})`;
}

function* chunks<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += CHUNK) yield rows.slice(start, start + CHUNK);
}

export type CatalogueModel = Pick<
  ModelDetail,
  'modelId' | 'name' | 'type' | 'creator' | 'tags' | 'nsfwLevel' | 'license' | 'stats' | 'description' | 'seenAt'
> & { readonly versions: readonly CatalogueVersion[] };

export interface CatalogueVersion {
  readonly versionId: number;
  readonly name: string;
  readonly baseModel: string | null;
  readonly publishedAt: string | null;
  readonly nsfwLevel: number | null;
  readonly trainedWords: readonly string[];
  readonly files: ModelDetail['versions'][number]['files'];
}

export async function readCatalogueModel(database: Database, modelId: number): Promise<CatalogueModel | undefined> {
  const tables = database.tables<ModelsTables>();
  const model = await tables
    .selectFrom('catalogue_models')
    .selectAll()
    .where('model_id', '=', modelId)
    .executeTakeFirst();
  if (model === undefined) return undefined;
  const versions = await tables
    .selectFrom('catalogue_versions')
    .selectAll()
    .where('model_id', '=', modelId)
    .orderBy('place')
    .orderBy('version_id', 'desc')
    .execute();
  const files = await tables
    .selectFrom('catalogue_files')
    .innerJoin('catalogue_versions', 'catalogue_versions.version_id', 'catalogue_files.version_id')
    .selectAll('catalogue_files')
    .where('catalogue_versions.model_id', '=', modelId)
    .orderBy('file_id')
    .execute();
  return {
    modelId: model.model_id,
    name: model.name,
    type: model.type,
    creator: model.creator,
    tags: readJson(words, model.tags),
    nsfwLevel: model.nsfw_level,
    license: readJson(licenceSchema, model.licence),
    stats: readJson(statsSchema, model.stats),
    description: model.description ?? '',
    seenAt: model.seen_at,
    versions: versions.map((version) => ({
      versionId: version.version_id,
      name: version.name,
      baseModel: version.base_model,
      publishedAt: version.published_at,
      nsfwLevel: version.nsfw_level,
      trainedWords: readJson(words, version.trained_words),
      files: files.filter((file) => file.version_id === version.version_id).map(catalogueFile),
    })),
  };
}

function catalogueFile(row: ModelsTables['catalogue_files']): CatalogueVersion['files'][number] {
  return {
    fileId: row.file_id,
    name: row.name,
    type: row.type,
    sizeBytes: row.size_bytes === null ? null : row.size_bytes,
    format: row.format,
    hashes: readJson(publishedHashesSchema, row.hashes),
    libraryId: null,
  };
}
