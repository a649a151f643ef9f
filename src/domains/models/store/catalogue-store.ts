/**
 * The catalogue: what was seen of the site. Rows are filled up and refreshed, never deleted (trap 15): a list never
 * erases what a detail told, and an older record never overwrites a newer one.
 */
import type { Model, ModelVersion } from '#engines/civitai';
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import { observeModels, observeVersions } from '../core/vocabulary/observe-values.ts';
import { storeModelAnswers, storeVersionAnswers } from './catalogue-answers.ts';
import {
  fileRow,
  hashRows,
  imageRow,
  modelRow,
  type SeenVersion,
  statsRows,
  tagRows,
  versionRow,
  versionStatsRows,
} from './catalogue-rows.ts';
import { refreshIndex } from './catalogue-search/refresh-index.ts';
import type { CatalogueTables } from './catalogue-tables.ts';
import { type UpsertRule, upsertRows } from './catalogue-upsert.ts';

export type { SeenVersion } from './catalogue-rows.ts';

/** Ids per statement: SQLite takes 32,766 parameters. */
const CHUNK = 1000;

const modelRule: UpsertRule<ReturnType<typeof modelRow>> = {
  key: ['model_id'],
  replace: ['mode', 'seen_at', 'removed_at', 'checked_at'],
  keep: [
    'creator',
    'nsfw',
    'nsfw_level',
    'poi',
    'minor',
    'sfw_only',
    'availability',
    'description',
    'extra',
    'allow_commercial',
    'allow_no_credit',
    'allow_derivatives',
    'allow_different_license',
    'downloads',
    'thumbs_up',
    'thumbs_down',
    'comments',
    'tips',
  ],
  keepText: ['name', 'type', 'tags'],
};

const versionRule: UpsertRule<ReturnType<typeof versionRow>> = {
  key: ['version_id'],
  replace: ['model_id', 'place', 'seen_at', 'removed_at'],
  keep: [
    'base_model',
    'base_model_type',
    'status',
    'availability',
    'usage_control',
    'gate_opens_at',
    'published_at',
    'created_at',
    'updated_at',
    'nsfw_level',
    'description',
    'downloads',
    'thumbs_up',
    'thumbs_down',
    'air',
    'extra',
  ],
  keepText: ['name', 'trained_words'],
};

const fileRule: UpsertRule<ReturnType<typeof fileRow>> = {
  key: ['version_id', 'file_id'],
  replace: ['is_primary', 'seen_at'],
  keep: ['size_bytes', 'format', 'fp', 'pruning', 'quant_type', 'pickle_scan', 'virus_scan', 'scanned_at', 'sha256'],
  keepText: ['name', 'type', 'hashes'],
};

/** Models with their versions, files and images, as they were at `at`. Running it again changes nothing. */
export async function upsertModels(tx: Transaction, models: readonly Model[], at: Instant): Promise<void> {
  const news = await newerThanKnown(tx, models, at);
  await upsertRows(
    tx,
    'catalogue_models',
    news.map((model) => modelRow(model, at)),
    modelRule,
  );
  await writeTags(tx, news);
  await writeCreators(tx, news, at);
  await writeStats(
    tx,
    models.flatMap((model) => statsRows(model, at)),
  );
  await storeModelAnswers(tx, news, at);
  await observeModels(tx, models, at);
  const versions = models.flatMap((model) => model.versions.map((version, place) => ({ version, place })));
  const moved = await writeVersions(tx, versions, at);
  await refreshIndex(tx, [...models.map(({ modelId }) => Number(modelId)), ...moved]);
}

/** Versions that came alone; those that do not say which model they belong to are left out. */
export async function upsertVersions(tx: Transaction, seen: readonly SeenVersion[], at: Instant): Promise<void> {
  const moved = await writeVersions(tx, seen, at);
  await storeVersionAnswers(
    tx,
    seen.flatMap(({ version }) => (version.model === null ? [] : [version])),
    at,
  );
  await refreshIndex(tx, [...seen.flatMap(({ version }) => version.modelId ?? []), ...moved]);
}

/** The site definitely has the model no longer (M-081): it stays, marked, until it is seen again. */
export async function markModelRemoved(tx: Transaction, modelId: number, at: Instant): Promise<void> {
  await tx
    .tables<CatalogueTables>()
    .updateTable('catalogue_models')
    .set({ removed_at: at, checked_at: at })
    .where('model_id', '=', modelId)
    .where('removed_at', 'is', null)
    .execute();
  await refreshIndex(tx, [modelId]);
}

async function newerThanKnown(tx: Transaction, models: readonly Model[], at: Instant): Promise<readonly Model[]> {
  const known = new Map<number, string>();
  for (const ids of chunks(models.map(({ modelId }) => Number(modelId)))) {
    const rows = await tx
      .tables<CatalogueTables>()
      .selectFrom('catalogue_models')
      .select(['model_id', 'seen_at'])
      .where('model_id', 'in', ids)
      .execute();
    for (const row of rows) known.set(row.model_id, row.seen_at);
  }
  return models.filter(({ modelId }) => (known.get(modelId) ?? '') <= at);
}

/** Returns the models that lost a version to another. */
async function writeVersions(tx: Transaction, seen: readonly SeenVersion[], at: Instant): Promise<readonly number[]> {
  const known = await knownVersions(tx, seen);
  const news = seen.filter(({ version }) => (known.get(version.versionId)?.seenAt ?? '') <= at);
  const rows = news.flatMap((one) => (one.version.modelId === null ? [] : [versionRow(one, one.version.modelId, at)]));
  await upsertRows(tx, 'catalogue_versions', rows, versionRule);
  const owned = news.flatMap(({ version }) => (version.modelId === null ? [] : [version]));
  await writeFiles(tx, owned, at);
  await writeImages(tx, owned, at);
  await observeVersions(tx, owned, at);
  await writeStats(
    tx,
    seen.flatMap(({ version }) => versionStatsRows(version, at)),
  );
  return rows.flatMap((row) => {
    const before = known.get(row.version_id)?.modelId;
    return before === undefined || before === row.model_id ? [] : [before];
  });
}

interface KnownVersion {
  readonly modelId: number;
  readonly seenAt: string;
}

async function knownVersions(
  tx: Transaction,
  seen: readonly SeenVersion[],
): Promise<ReadonlyMap<number, KnownVersion>> {
  const known = new Map<number, KnownVersion>();
  for (const ids of chunks(seen.map(({ version }) => Number(version.versionId)))) {
    const rows = await tx
      .tables<CatalogueTables>()
      .selectFrom('catalogue_versions')
      .select(['version_id', 'model_id', 'seen_at'])
      .where('version_id', 'in', ids)
      .execute();
    for (const row of rows) known.set(row.version_id, { modelId: row.model_id, seenAt: row.seen_at });
  }
  return known;
}

async function writeFiles(tx: Transaction, versions: readonly ModelVersion[], at: Instant): Promise<void> {
  const rows = versions.flatMap((version) => version.files.map((file) => fileRow(version, file, at)));
  await upsertRows(tx, 'catalogue_files', rows, fileRule);
  const hashes = versions.flatMap((version) => version.files.flatMap((file) => hashRows(version, file)));
  const key = ['digest', 'algorithm', 'version_id', 'file_id'] as const;
  await upsertRows(tx, 'catalogue_hashes', hashes, { key, replace: [], keep: [] });
}

async function writeImages(tx: Transaction, versions: readonly ModelVersion[], at: Instant): Promise<void> {
  const rows = versions.flatMap((version) => version.images.map((image, place) => imageRow(version, image, place, at)));
  await upsertRows(tx, 'catalogue_images', rows, {
    key: ['version_id', 'url'],
    replace: ['place', 'seen_at'],
    keep: ['image_id', 'type', 'width', 'height', 'blur_hash', 'nsfw_level', 'meta'],
  });
}

/** Tags are what the last answer with tags said: one that a creator took away is no longer a tag. */
async function writeTags(tx: Transaction, models: readonly Model[]): Promise<void> {
  const tagged = models.filter(({ tags }) => tags.length > 0);
  for (const ids of chunks(tagged.map(({ modelId }) => Number(modelId)))) {
    await tx.tables<CatalogueTables>().deleteFrom('catalogue_tags').where('model_id', 'in', ids).execute();
  }
  const rows = tagged.flatMap(({ modelId, tags }) => tagRows(modelId, tags));
  await upsertRows(tx, 'catalogue_tags', rows, { key: ['model_id', 'tag_key'], replace: ['tag'], keep: [] });
}

async function writeCreators(tx: Transaction, models: readonly Model[], at: Instant): Promise<void> {
  const rows = models.flatMap(({ creator }) => {
    const username = creator?.username ?? null;
    if (creator === null || username === null) return [];
    return [{ username, image_url: creator.imageUrl, first_seen_at: at, seen_at: at }];
  });
  await upsertRows(tx, 'catalogue_creators', rows, {
    key: ['username'],
    replace: ['seen_at'],
    keep: ['image_url'],
    newerBy: 'seen_at',
  });
}

/** One snapshot a day, older records included: they tell of growth (M-070). */
async function writeStats(
  tx: Transaction,
  rows: readonly (ReturnType<typeof statsRows>[number] | ReturnType<typeof versionStatsRows>[number])[],
): Promise<void> {
  await upsertRows(tx, 'catalogue_stats', rows, {
    key: ['subject', 'subject_id', 'day'],
    replace: [],
    keep: ['taken_at', 'downloads', 'thumbs_up', 'thumbs_down', 'comments', 'tips'],
    newerBy: 'taken_at',
  });
}

function* chunks(ids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < ids.length; start += CHUNK) yield ids.slice(start, start + CHUNK);
}
