/**
 * Models as the catalogue knows them, in the shape in which the site sends them: whatever presents, filters or chooses
 * files of an answer does the same with what was seen long ago.
 */
import { z } from 'zod';

import { type Model, type Raw, readModel } from '#engines/civitai';
import { type Instant, instant } from '#kernel/brands';
import type { Database } from '#platform/db';

import { publishedHashesSchema } from '../contract/index.ts';
import type { Candidate } from '../core/search/candidate.ts';
import { gateIsOpen, gateNeverOpens } from './catalogue-rows.ts';
import type { CatalogueHit } from './catalogue-search/search-catalogue.ts';
import type { CatalogueTables } from './catalogue-tables.ts';
import { readJson } from './json-column.ts';

const words = z.array(z.string());
const fields = z.record(z.string(), z.unknown());

export interface KnownModel {
  readonly model: Model;
  readonly firstSeenAt: string;
  readonly seenAt: string;
  /** When the site definitely no longer had it; null while it is there. */
  readonly removedAt: string | null;
  readonly checkedAt: string;
}

export async function readCatalogueModel(database: Database, modelId: number): Promise<KnownModel | undefined> {
  const [found] = await readCatalogueModels(database, [modelId]);
  return found;
}

/** What was found, in the order of the hits, each model with the version of its hit. */
export async function readFound(database: Database, hits: readonly CatalogueHit[]): Promise<readonly Candidate[]> {
  const ids = hits.map(({ modelId }) => modelId);
  const known = new Map((await readCatalogueModels(database, ids)).map(({ model }) => [Number(model.modelId), model]));
  return hits.flatMap(({ modelId, versionId }) => {
    const model = known.get(modelId);
    const versions = model?.versions.filter((version) => version.versionId === versionId) ?? [];
    return model === undefined || versions.length === 0 ? [] : [{ model, versions }];
  });
}

/** When the hit that was not seen for longest was seen; null without hits. */
export async function oldestSeen(database: Database, hits: readonly CatalogueHit[]): Promise<Instant | null> {
  if (hits.length === 0) return null;
  const row = await database
    .tables<CatalogueTables>()
    .selectFrom('catalogue_models')
    .select((eb) => eb.fn.min('seen_at').as('oldest'))
    .where(
      'model_id',
      'in',
      hits.map(({ modelId }) => modelId),
    )
    .executeTakeFirst();
  return row === undefined ? null : instant(new Date(row.oldest));
}

/** In no order; those nobody knows are missing. */
export async function readCatalogueModels(
  database: Database,
  modelIds: readonly number[],
): Promise<readonly KnownModel[]> {
  if (modelIds.length === 0) return [];
  const tables = database.tables<CatalogueTables>();
  const models = await tables.selectFrom('catalogue_models').selectAll().where('model_id', 'in', modelIds).execute();
  const versions = await readVersions(database, modelIds);
  return models.flatMap((row) => {
    const reading = readModel(rawModel(row, versions.get(row.model_id) ?? []));
    if (!('item' in reading)) return [];
    return [
      {
        model: reading.item,
        firstSeenAt: row.first_seen_at,
        seenAt: row.seen_at,
        removedAt: row.removed_at,
        checkedAt: row.checked_at ?? row.seen_at,
      },
    ];
  });
}

/** By model, in the creator's order. */
async function readVersions(
  database: Database,
  modelIds: readonly number[],
): Promise<ReadonlyMap<number, readonly Raw[]>> {
  const tables = database.tables<CatalogueTables>();
  const versions = await tables
    .selectFrom('catalogue_versions')
    .selectAll()
    .where('model_id', 'in', modelIds)
    .orderBy('model_id')
    .orderBy('place')
    .orderBy('version_id', 'desc')
    .execute();
  if (versions.length === 0) return new Map();
  const ids = versions.map((row) => row.version_id);
  const files = await tables
    .selectFrom('catalogue_files')
    .selectAll()
    .where('version_id', 'in', ids)
    .orderBy('file_id')
    .execute();
  const images = await tables
    .selectFrom('catalogue_images')
    .selectAll()
    .where('version_id', 'in', ids)
    .orderBy('place')
    .orderBy('url')
    .execute();
  const filesOf = Map.groupBy(files, (row) => row.version_id);
  const imagesOf = Map.groupBy(images, (row) => row.version_id);
  const raw = versions.map((row) => ({
    modelId: row.model_id,
    raw: rawVersion(row, filesOf.get(row.version_id) ?? [], imagesOf.get(row.version_id) ?? []),
  }));
  return new Map(
    [...Map.groupBy(raw, ({ modelId }) => modelId)].map(([modelId, rows]) => [modelId, rows.map((row) => row.raw)]),
  );
}

function rawModel(row: CatalogueTables['catalogue_models'], versions: readonly Raw[]): Raw {
  return {
    ...extraOf(row.extra),
    id: row.model_id,
    name: row.name,
    type: row.type,
    description: row.description,
    creator: row.creator === null ? null : { username: row.creator },
    tags: readJson(words, row.tags),
    nsfw: flag(row.nsfw),
    nsfwLevel: row.nsfw_level,
    poi: flag(row.poi),
    minor: flag(row.minor),
    sfwOnly: flag(row.sfw_only),
    mode: row.mode,
    availability: row.availability,
    allowCommercialUse: row.allow_commercial === null ? null : readJson(words, row.allow_commercial),
    allowNoCredit: flag(row.allow_no_credit),
    allowDerivatives: flag(row.allow_derivatives),
    allowDifferentLicense: flag(row.allow_different_license),
    stats: {
      downloadCount: row.downloads,
      thumbsUpCount: row.thumbs_up,
      thumbsDownCount: row.thumbs_down,
      commentCount: row.comments,
      tippedAmountCount: row.tips,
    },
    modelVersions: versions,
  };
}

function rawVersion(
  row: CatalogueTables['catalogue_versions'],
  files: readonly CatalogueTables['catalogue_files'][],
  images: readonly CatalogueTables['catalogue_images'][],
): Raw {
  return {
    ...extraOf(row.extra),
    id: row.version_id,
    name: row.name,
    index: row.place,
    baseModel: row.base_model,
    baseModelType: row.base_model_type,
    status: row.status,
    availability: row.availability,
    usageControl: row.usage_control,
    paidAccess: gateOf(row.gate_opens_at),
    publishedAt: row.published_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    nsfwLevel: row.nsfw_level,
    description: row.description,
    trainedWords: readJson(words, row.trained_words),
    air: row.air,
    stats: { downloadCount: row.downloads, thumbsUpCount: row.thumbs_up, thumbsDownCount: row.thumbs_down },
    files: files.map(rawFile),
    images: images.map(rawImage),
  };
}

function rawFile(row: CatalogueTables['catalogue_files']): Raw {
  return {
    id: row.file_id,
    name: row.name,
    type: row.type,
    sizeKB: row.size_bytes === null ? null : row.size_bytes / 1024,
    metadata: { format: row.format, fp: row.fp, size: row.pruning, quantType: row.quant_type },
    primary: row.is_primary === 1,
    pickleScanResult: row.pickle_scan,
    virusScanResult: row.virus_scan,
    scannedAt: row.scanned_at,
    hashes: readJson(publishedHashesSchema, row.hashes),
  };
}

function rawImage(row: CatalogueTables['catalogue_images']): Raw {
  return {
    id: row.image_id,
    url: row.url,
    type: row.type,
    width: row.width,
    height: row.height,
    hash: row.blur_hash,
    nsfwLevel: row.nsfw_level,
    meta: row.meta === null ? null : readJson(fields, row.meta),
  };
}

function gateOf(opensAt: string | null): Raw | null {
  if (opensAt === null || opensAt === gateIsOpen) return null;
  return opensAt === gateNeverOpens ? { permanent: true } : { permanent: false, endsAt: opensAt };
}

function extraOf(extra: string | null): Raw {
  return extra === null ? {} : readJson(fields, extra);
}

function flag(value: number | null): boolean | null {
  return value === null ? null : value === 1;
}
