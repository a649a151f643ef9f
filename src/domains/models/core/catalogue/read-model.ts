/** One model with all its versions: asked of the site, or, when it has none or cannot be reached, what was seen last. */
import { isGated, type Model, modelId } from '#engines/civitai';
import { type Clock, nowInstant } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { ModelDetail } from '../../contract/index.ts';
import type { ModelSource } from '../../ports.ts';
import { type CatalogueModel, readCatalogueModel } from '../../store/catalogue-reader.ts';
import { type LibraryFile, libraryFilesOfModel } from '../../store/library-store.ts';
import { plainText } from '../downloads/sidecars.ts';
import { previewOf } from '../search/content-rating.ts';
import { pageUrlOf, presentFile, presentLicence, presentStats } from './present-model.ts';

export interface ReadModelDeps {
  readonly source: ModelSource;
  readonly database: Database;
  readonly clock: Clock;
  readonly remember: (models: readonly Model[]) => Promise<void>;
}

/** @throws KuraError what the site says, when the catalogue does not know the model either. */
export async function readModelDetail(deps: ReadModelDeps, id: number, signal: AbortSignal): Promise<ModelDetail> {
  const installed = await libraryFilesOfModel(deps.database, id);
  try {
    const model = await deps.source.model(modelId(id), signal);
    await deps.remember([model]);
    return fromSite(deps, model, installed);
  } catch (error) {
    signal.throwIfAborted();
    const isAway = isKuraError(error) && ['not-found', 'unavailable', 'limit'].includes(error.kind);
    const known = isAway ? await readCatalogueModel(deps.database, id) : undefined;
    if (known === undefined) throw error;
    return fromCatalogue(deps, known, installed);
  }
}

function fromSite(deps: ReadModelDeps, model: Model, installed: readonly LibraryFile[]): ModelDetail {
  return {
    modelId: model.modelId,
    name: model.name,
    type: model.type,
    creator: model.creator?.username ?? null,
    tags: model.tags,
    nsfwLevel: model.nsfwLevel,
    license: presentLicence(model),
    stats: presentStats(model),
    pageUrl: pageUrlOf(deps.source.siteUrl, model.modelId),
    description: plainText(model.descriptionHtml ?? ''),
    source: 'site',
    seenAt: nowInstant(deps.clock),
    versions: model.versions.map((version) => ({
      versionId: version.versionId,
      name: version.name,
      baseModel: version.baseModel,
      publishedAt: version.publishedAt,
      trainedWords: version.trainedWords,
      nsfwLevel: version.nsfwLevel,
      gated: isGated(version, deps.clock.now()),
      previewUrl: previewOf(version, false),
      files: version.files.map((file) => ({
        ...presentFile(file),
        libraryId: libraryIdOf(installed, version.versionId, file.fileId),
      })),
    })),
  };
}

function fromCatalogue(deps: ReadModelDeps, known: CatalogueModel, installed: readonly LibraryFile[]): ModelDetail {
  const { modelId: id, name, type, creator, tags, nsfwLevel, license, stats, seenAt } = known;
  const now = nowInstant(deps.clock);
  return {
    ...{ modelId: id, name, type, creator, tags, nsfwLevel, license, stats, seenAt },
    pageUrl: pageUrlOf(deps.source.siteUrl, id),
    description: plainText(known.description),
    source: 'catalogue',
    versions: known.versions.map((version) => ({
      versionId: version.versionId,
      name: version.name,
      baseModel: version.baseModel,
      publishedAt: version.publishedAt,
      trainedWords: version.trainedWords,
      nsfwLevel: version.nsfwLevel,
      gated: version.gateOpensAt !== null && version.gateOpensAt > now,
      previewUrl: previewOf(version, false),
      files: version.files.map((file) => ({
        ...file,
        libraryId: libraryIdOf(installed, version.versionId, file.fileId),
      })),
    })),
  };
}

function libraryIdOf(installed: readonly LibraryFile[], versionId: number, fileId: number): string | null {
  return installed.find((file) => file.versionId === versionId && file.fileId === fileId)?.id ?? null;
}
