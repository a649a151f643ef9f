/** Writes what a record says into the catalogue, without undoing what was learned later. */
import { type Model, type ModelId, type ModelVersion, type Raw, readModel } from '#engines/civitai';
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import { upsertModels, upsertVersions } from '../../store/catalogue-store.ts';
import { type KnownRecords, readKnownRecords } from '../../store/known-records-store.ts';
import { recordListed } from '../../store/vocabulary-store.ts';
import { newsIn } from '../vocabulary/learn-listed-values.ts';
import type { RecordContents } from './read-record.ts';

/** @param at when the record was made; what the catalogue learned later stays */
export async function writeRecord(tx: Transaction, record: RecordContents, at: Instant): Promise<void> {
  for (const enums of record.enums) await recordListed(tx, newsIn(enums), at);
  const known = await readKnownRecords(tx, {
    models: modelIdsOf(record),
    versions: record.versions.map(({ versionId }) => versionId),
  });
  await upsertModels(tx, [...record.models, ...unknownParents(record, known)], at);
  // A version alone does not say where it stands among the others.
  const seen = record.versions.map((version) => ({ version, place: known.places.get(version.versionId) ?? 0 }));
  await upsertVersions(tx, seen, at);
}

/** The models a record is about, those of which it only has a version included. */
export function modelIdsOf({ models, versions }: RecordContents): readonly ModelId[] {
  return [...models.map(({ modelId }) => modelId), ...versions.flatMap(({ modelId }) => modelId ?? [])];
}

/** What a version tells of its model, for models of which nothing else is known. */
function unknownParents({ models, versions }: RecordContents, known: KnownRecords): readonly Model[] {
  const told = new Set<ModelId>(models.map(({ modelId }) => modelId));
  const parents = versions.flatMap((version) => parentOf(version) ?? []);
  return uniqueById(parents).filter(({ modelId }) => !told.has(modelId) && !known.models.has(modelId));
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
