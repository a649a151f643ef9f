/** Whose pictures are asked for, as far as that decides what may be shown of them. */
import { type Model, type ModelId, modelId, versionId } from '#engines/civitai';
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { GalleryQuery } from '../../contract/index.ts';
import type { ModelSource } from '../../ports.ts';
import { readCatalogueModel } from '../../store/catalogue-reader.ts';
import { modelOfVersion } from '../../store/gallery-store.ts';
import { rateModel } from '../search/content-rating.ts';

export interface SubjectDeps {
  readonly source: Pick<ModelSource, 'model' | 'version'>;
  readonly database: Database;
  readonly remember: (models: readonly Model[]) => Promise<void>;
}

/**
 * Whether the model is said to show a minor or a real person; the site is asked for it when the catalogue does not know
 * it, because a picture alone does not tell.
 * @throws KuraError `models.excluded`, `models.ref-mismatch`, `civitai.not-found`
 */
export async function isProtectedSubject(
  deps: SubjectDeps,
  query: Pick<GalleryQuery, 'model' | 'version'>,
  signal: AbortSignal,
): Promise<boolean> {
  const id = await subjectModel(deps, query, signal);
  if (id === undefined) return false;
  const model = (await readCatalogueModel(deps.database, id))?.model ?? (await askForModel(deps, id, signal));
  if (rateModel(model) === 'excluded') {
    throw new KuraError('forbidden', 'models.excluded', { params: { name: model.name } });
  }
  return model.poi === true || model.minor === true;
}

async function subjectModel(
  { source, database }: SubjectDeps,
  { model, version }: Pick<GalleryQuery, 'model' | 'version'>,
  signal: AbortSignal,
): Promise<ModelId | undefined> {
  if (version === undefined) return model === undefined ? undefined : modelId(model);
  const known = await modelOfVersion(database, version);
  const owner = known ?? (await source.version(versionId(version), signal)).modelId;
  if (owner === null) return undefined;
  if (model !== undefined && owner !== model) {
    const params = { versionId: version, modelId: owner, asked: model };
    throw new KuraError('invalid', 'models.ref-mismatch', { params });
  }
  return modelId(owner);
}

async function askForModel({ source, remember }: SubjectDeps, id: ModelId, signal: AbortSignal): Promise<Model> {
  const model = await source.model(id, signal);
  await remember([model]);
  return model;
}
