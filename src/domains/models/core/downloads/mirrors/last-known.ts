/** What was known of a version before the site stopped answering for it: the catalogue's words, else the library's. */
import { type Model, type ModelRef, type ModelVersion, readModel } from '#engines/civitai';
import { type Clock, nowInstant } from '#kernel/clock';
import { KIB } from '#kernel/units';
import type { Database } from '#platform/db';

import { catalogueFilesByHash } from '../../../store/catalogue-hash-store.ts';
import { readCatalogueModel } from '../../../store/catalogue-reader.ts';
import { type LibraryFile, libraryFilesOfVersion } from '../../../store/library-store.ts';
import { modelOfVersion } from '../../../store/version-owner-store.ts';
import { gateOf } from '../refused.ts';

export interface LastKnown {
  readonly model: Model;
  readonly version: ModelVersion;
}

interface LastKnownDeps {
  readonly database: Database;
  readonly clock: Clock;
}

/** Undefined where nothing is known, and where the door was closed on purpose when it was seen last. */
export async function lastKnown(deps: LastKnownDeps, pointer: ModelRef): Promise<LastKnown | undefined> {
  const now = Date.parse(nowInstant(deps.clock));
  const models = await modelsOf(deps.database, pointer);
  const candidates = models.flatMap((model) => model.versions.map((version) => ({ model, version })));
  return candidates.find((one) => isMeant(one.version, pointer) && isOpen(one, now));
}

async function modelsOf(database: Database, pointer: ModelRef): Promise<readonly Model[]> {
  if (pointer.kind === 'model') return present([(await readCatalogueModel(database, pointer.modelId))?.model]);
  if (pointer.kind === 'version') {
    const modelId = await modelOfVersion(database, pointer.versionId);
    const known = modelId === undefined ? undefined : await readCatalogueModel(database, modelId);
    const library = await libraryFilesOfVersion(database, pointer.versionId);
    return present([known?.model, modelOfLibrary(library)]);
  }
  const [found] = await catalogueFilesByHash(database, pointer.digest);
  return found === undefined ? [] : present([(await readCatalogueModel(database, found.modelId))?.model]);
}

function isMeant(version: ModelVersion, pointer: ModelRef): boolean {
  if (version.files.every(({ hashes }) => hashes.sha256 === null)) return false;
  return pointer.kind !== 'version' || version.versionId === pointer.versionId;
}

/** Nobody can be asked whether an account has bought what is gated, so it stays closed. */
function isOpen({ model, version }: LastKnown, now: number): boolean {
  const mayDownload = version.usageControl === null || version.usageControl === 'Download';
  return mayDownload && model.mode !== 'TakenDown' && gateOf(version, now) === undefined;
}

/** As the site would have sent it, as far as the library remembers. */
function modelOfLibrary(files: readonly LibraryFile[]): Model | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  const reading = readModel({
    id: first.modelId,
    name: first.modelName,
    type: first.type,
    modelVersions: [
      {
        id: first.versionId,
        name: '',
        baseModel: first.baseModel,
        trainedWords: first.trainedWords,
        files: files.map(({ fileId, name, sizeBytes, sha256 }) => ({
          id: fileId,
          name,
          type: 'Model',
          sizeKB: sizeBytes / KIB,
          hashes: { SHA256: sha256 },
        })),
      },
    ],
  });
  return 'item' in reading ? reading.item : undefined;
}

function present(models: readonly (Model | undefined)[]): readonly Model[] {
  return models.filter((model) => model !== undefined);
}
