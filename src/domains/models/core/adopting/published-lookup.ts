/** Which published file some bytes are: by the catalogue, else by asking the site. */
import type { Model, ModelFile, ModelVersion } from '#engines/civitai';
import { isKuraError } from '#kernel/errors';

import { catalogueFilesByHash } from '../../store/catalogue-hash-store.ts';
import { readCatalogueModel } from '../../store/catalogue-reader.ts';
import type { LibraryDeps } from '../library/library-deps.ts';

/** What the site shows of a file, as much as the library keeps. */
export interface PublishedFile {
  readonly model: Model | null;
  readonly version: ModelVersion;
  readonly file: ModelFile;
}

export interface PublishedLookup {
  /** Undefined when neither knows these bytes, or the site could not be asked. */
  find(sha256: string, signal: AbortSignal): Promise<PublishedFile | undefined>;
}

/** A site that cannot be reached once is not asked again for each of a thousand files. */
export function createPublishedLookup(
  deps: Pick<LibraryDeps, 'database' | 'source' | 'logger'>,
  { offline }: { readonly offline: boolean },
): PublishedLookup {
  let isSilent = offline;
  return {
    async find(sha256, signal) {
      const known = await inCatalogue(deps, sha256);
      if (known !== undefined || isSilent) return known;
      try {
        return await onSite(deps, sha256, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!isKuraError(error) || error.kind !== 'unavailable') throw error;
        isSilent = true;
        deps.logger.warn('models.adopt-not-asked', { reason: error.code });
        return undefined;
      }
    },
  };
}

async function inCatalogue(
  { database }: Pick<LibraryDeps, 'database'>,
  sha256: string,
): Promise<PublishedFile | undefined> {
  const entry = (await catalogueFilesByHash(database, sha256)).find(({ algorithm }) => algorithm === 'sha256');
  if (entry === undefined) return undefined;
  const model = (await readCatalogueModel(database, entry.modelId))?.model;
  const version = model?.versions.find(({ versionId }) => versionId === entry.versionId);
  const file = version?.files.find(({ fileId }) => fileId === entry.fileId);
  return model === undefined || version === undefined || file === undefined ? undefined : { model, version, file };
}

async function onSite(
  { source }: Pick<LibraryDeps, 'source'>,
  sha256: string,
  signal: AbortSignal,
): Promise<PublishedFile | undefined> {
  const version = await source.versionByHash(sha256, signal);
  const file = version?.files.find(({ hashes }) => hashes.sha256 === sha256);
  return version === null || version === undefined || file === undefined ? undefined : { model: null, version, file };
}
