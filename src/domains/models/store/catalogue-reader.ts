/** One model as the catalogue knows it. */
import { z } from 'zod';

import type { Database } from '#platform/db';

import { type LicenceView, type ModelDetail, publishedHashesSchema, type StatsView } from '../contract/index.ts';
import { type Rating, ratings } from '../core/search/content-rating.ts';
import type { CatalogueTables } from './catalogue-tables.ts';
import { readJson } from './json-column.ts';

const words = z.array(z.string());
const extraSchema = z.record(z.string(), z.unknown());
const ratingSchema = z.enum(ratings);

export type CatalogueModel = Pick<
  ModelDetail,
  'modelId' | 'name' | 'type' | 'creator' | 'tags' | 'nsfwLevel' | 'license' | 'stats' | 'description' | 'seenAt'
> & {
  readonly poi: boolean | null;
  readonly minor: boolean | null;
  readonly mode: string | null;
  readonly availability: string | null;
  readonly firstSeenAt: string;
  readonly removedAt: string | null;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly versions: readonly CatalogueVersion[];
};

export interface CatalogueVersion {
  readonly versionId: number;
  readonly name: string;
  readonly baseModel: string | null;
  readonly publishedAt: string | null;
  readonly updatedAt: string | null;
  readonly nsfwLevel: number | null;
  readonly rating: Rating;
  readonly availability: string | null;
  readonly usageControl: string | null;
  readonly gateOpensAt: string | null;
  readonly trainedWords: readonly string[];
  /** HTML of strangers. */
  readonly description: string;
  readonly stats: StatsView;
  readonly images: readonly CatalogueImage[];
  readonly files: readonly CatalogueFile[];
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface CatalogueImage {
  readonly url: string;
  readonly type: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly nsfwLevel: number | null;
}

export type CatalogueFile = ModelDetail['versions'][number]['files'][number];

export async function readCatalogueModel(database: Database, modelId: number): Promise<CatalogueModel | undefined> {
  const [found] = await readCatalogueModels(database, [modelId]);
  return found;
}

/** In no order; those nobody knows are missing. */
export async function readCatalogueModels(
  database: Database,
  modelIds: readonly number[],
): Promise<readonly CatalogueModel[]> {
  if (modelIds.length === 0) return [];
  const tables = database.tables<CatalogueTables>();
  const models = await tables.selectFrom('catalogue_models').selectAll().where('model_id', 'in', modelIds).execute();
  const versions = await readVersions(database, modelIds);
  const versionsOf = Map.groupBy(versions, ({ modelId }) => modelId);
  return models.map((model) => ({
    modelId: model.model_id,
    name: model.name,
    type: model.type,
    creator: model.creator,
    tags: readJson(words, model.tags),
    nsfwLevel: model.nsfw_level,
    license: licenceOf(model),
    stats: {
      downloads: model.downloads,
      thumbsUp: model.thumbs_up,
      thumbsDown: model.thumbs_down,
      comments: model.comments,
    },
    description: model.description ?? '',
    poi: flag(model.poi),
    minor: flag(model.minor),
    mode: model.mode,
    availability: model.availability,
    seenAt: model.seen_at,
    firstSeenAt: model.first_seen_at,
    removedAt: model.removed_at,
    extra: model.extra === null ? {} : readJson(extraSchema, model.extra),
    versions: (versionsOf.get(model.model_id) ?? []).map(({ version }) => version),
  }));
}

async function readVersions(database: Database, modelIds: readonly number[]) {
  const tables = database.tables<CatalogueTables>();
  const versions = await tables
    .selectFrom('catalogue_versions')
    .leftJoin('catalogue_version_index as derived', (join) =>
      join
        .onRef('derived.model_id', '=', 'catalogue_versions.model_id')
        .onRef('derived.version_id', '=', 'catalogue_versions.version_id'),
    )
    .selectAll('catalogue_versions')
    .select('rating')
    .where('catalogue_versions.model_id', 'in', modelIds)
    .orderBy('catalogue_versions.model_id')
    .orderBy('catalogue_versions.place')
    .orderBy('catalogue_versions.version_id', 'desc')
    .execute();
  const versionIds = versions.map((row) => row.version_id);
  const files = versionIds.length === 0 ? [] : await filesOf(database, versionIds);
  const images = versionIds.length === 0 ? [] : await imagesOf(database, versionIds);
  const filesBy = Map.groupBy(files, (row) => row.version_id);
  const imagesBy = Map.groupBy(images, (row) => row.version_id);
  return versions.map((row) => ({
    modelId: row.model_id,
    version: {
      versionId: row.version_id,
      name: row.name,
      baseModel: row.base_model,
      publishedAt: row.published_at ?? row.created_at,
      updatedAt: row.updated_at,
      nsfwLevel: row.nsfw_level,
      // Nothing derived yet: not known to be safe.
      rating: row.rating === null ? ('adult' as const) : ratingSchema.parse(row.rating),
      availability: row.availability,
      usageControl: row.usage_control,
      gateOpensAt: row.gate_opens_at,
      trainedWords: readJson(words, row.trained_words),
      description: row.description ?? '',
      stats: {
        downloads: row.downloads,
        thumbsUp: row.thumbs_up,
        thumbsDown: row.thumbs_down,
        comments: null,
      },
      images: (imagesBy.get(row.version_id) ?? []).map(imageOf),
      files: (filesBy.get(row.version_id) ?? []).map(fileOf),
      extra: row.extra === null ? {} : readJson(extraSchema, row.extra),
    },
  }));
}

async function filesOf(database: Database, versionIds: readonly number[]) {
  return database
    .tables<CatalogueTables>()
    .selectFrom('catalogue_files')
    .selectAll()
    .where('version_id', 'in', versionIds)
    .orderBy('file_id')
    .execute();
}

async function imagesOf(database: Database, versionIds: readonly number[]) {
  return database
    .tables<CatalogueTables>()
    .selectFrom('catalogue_images')
    .selectAll()
    .where('version_id', 'in', versionIds)
    .orderBy('place')
    .orderBy('url')
    .execute();
}

function licenceOf(model: CatalogueTables['catalogue_models']): LicenceView {
  return {
    allowCommercialUse: model.allow_commercial === null ? null : readJson(words, model.allow_commercial),
    allowNoCredit: flag(model.allow_no_credit),
    allowDerivatives: flag(model.allow_derivatives),
    allowDifferentLicense: flag(model.allow_different_license),
  };
}

function imageOf(row: CatalogueTables['catalogue_images']): CatalogueImage {
  const { url, type, width, height, nsfw_level: nsfwLevel } = row;
  return { url, type, width, height, nsfwLevel };
}

function fileOf(row: CatalogueTables['catalogue_files']): CatalogueFile {
  return {
    fileId: row.file_id,
    name: row.name,
    type: row.type,
    sizeBytes: row.size_bytes,
    format: row.format,
    hashes: readJson(publishedHashesSchema, row.hashes),
    libraryId: null,
  };
}

function flag(value: number | null): boolean | null {
  return value === null ? null : value === 1;
}
