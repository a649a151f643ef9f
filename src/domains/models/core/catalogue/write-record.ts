/** Writes what a record says into the catalogue, without undoing what was learned later. */
import { type Model, type ModelId, type ModelVersion, type Raw, readModel } from '#engines/civitai';
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import { type CatalogueAge, readCatalogueAge } from '../../store/catalogue-age-store.ts';
import { type SeenVersion, upsertModels, upsertVersions } from '../../store/catalogue-store.ts';
import { recordListed } from '../../store/vocabulary-store.ts';
import { newsIn } from '../vocabulary/learn-listed-values.ts';
import type { RecordContents } from './read-record.ts';

/** @param at when the record was made */
export async function writeRecord(tx: Transaction, record: RecordContents, at: Instant): Promise<void> {
  for (const enums of record.enums) await recordListed(tx, newsIn(enums), at);
  const within = record.models.flatMap(({ versions }) => versions);
  const age = await readCatalogueAge(tx, {
    models: modelIdsOf(record),
    versions: [...within, ...record.versions].map(({ versionId }) => versionId),
  });
  const models = uniqueById(record.models.filter(({ modelId }) => !isLater(age.models.get(modelId), at)));
  // Versions go their own way: an old record may know one that the site has removed since.
  const bare = models.map((model) => ({ ...model, versions: [] }));
  await upsertModels(tx, [...bare, ...unknownParents(record, age)], at);
  const seen = [
    ...record.models.flatMap((model) => model.versions.map((version, place) => ({ version, place }))),
    ...record.versions.map((version) => ({ version, place: age.versions.get(version.versionId)?.place ?? 0 })),
  ];
  await upsertVersions(
    tx,
    seen.filter(({ version }) => isNews(version, age, at)),
    at,
  );
}

/** The models a record is about, those of which it only has a version included. */
export function modelIdsOf({ models, versions }: RecordContents): readonly ModelId[] {
  return [...models.map(({ modelId }) => modelId), ...versions.flatMap(({ modelId }) => modelId ?? [])];
}

function isNews(version: SeenVersion['version'], age: CatalogueAge, at: Instant): boolean {
  return !isLater(age.versions.get(version.versionId)?.seenAt, at);
}

function isLater(seenAt: string | undefined, at: Instant): boolean {
  return seenAt !== undefined && seenAt > at;
}

/** What a version tells of its model, for models of which nothing else is known. */
function unknownParents({ models, versions }: RecordContents, age: CatalogueAge): readonly Model[] {
  const known = new Set<ModelId>(models.map(({ modelId }) => modelId));
  const parents = versions.flatMap((version) => parentOf(version) ?? []);
  return uniqueById(parents).filter(({ modelId }) => !known.has(modelId) && !age.models.has(modelId));
}

/** Side-cars carry more of the model than the API's version answers do; the reader of models takes what is there. */
function parentOf({ model, modelId, raw }: ModelVersion): Model | undefined {
  if (model === null || modelId === null) return undefined;
  const fields = raw['model'] as Raw;
  const reading = readModel({ ...fields, id: modelId, creator: raw['creator'], modelVersions: [] });
  return 'item' in reading ? reading.item : undefined;
}

function uniqueById(models: readonly Model[]): readonly Model[] {
  return [...new Map(models.map((model) => [model.modelId, model])).values()];
}
