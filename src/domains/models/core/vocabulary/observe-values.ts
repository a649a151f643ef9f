/** Learns the site's words from the models that pass by (M-281), in the transaction that writes the models. */
import type { Model, ModelVersion } from '#engines/civitai';
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import { recordSightings } from '../../store/vocabulary-store.ts';
import { isNews, type Sighting } from './observed-value.ts';

/** Types and rights of models; what their versions say is learned with the versions. */
export async function observeModels(tx: Transaction, models: readonly Model[], at: Instant): Promise<void> {
  await recordSightings(tx, news(models.flatMap(inModel)), at);
}

/** Base models, kinds of file and formats; versions of unknown models are left out. */
export async function observeVersions(tx: Transaction, versions: readonly ModelVersion[], at: Instant): Promise<void> {
  await recordSightings(tx, news(versions.flatMap(inVersion)), at);
}

function news(sightings: readonly Sighting[]): readonly Sighting[] {
  return sightings.filter(({ kind, value }) => isNews(kind, value));
}

function inModel({ modelId, type, licence }: Model): readonly Sighting[] {
  const rights = (licence.allowCommercialUse ?? []).map((value) => ({ kind: 'right' as const, value, modelId }));
  return [{ kind: 'type', value: type, modelId }, ...rights];
}

function inVersion({ modelId, baseModel, files }: ModelVersion): readonly Sighting[] {
  if (modelId === null) return [];
  return [
    ...(baseModel === null ? [] : [{ kind: 'base' as const, value: baseModel, modelId }]),
    ...files.flatMap(({ type, format }): readonly Sighting[] => [
      { kind: 'file-type', value: type, modelId },
      ...(format === null ? [] : [{ kind: 'format' as const, value: format, modelId }]),
    ]),
  ];
}
