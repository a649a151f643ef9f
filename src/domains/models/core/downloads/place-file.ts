/** The end of a good download: side-cars, then history and library in one transaction (models.md M-104). */
import { basename } from 'node:path';

import type { FileHashes, HashName } from '#engines/transfer';
import { nowInstant } from '#kernel/clock';

import type { PublishedHashes } from '../../contract/index.ts';
import { type Download, saveDownload } from '../../store/download-store.ts';
import { saveFileScan } from '../../store/file-scan-store.ts';
import { type LibraryFile, saveLibraryFile } from '../../store/library-store.ts';
import type { FileOrigin } from '../../store/scan-store.ts';
import { filePlaced, fileRepaired } from '../models-events.ts';
import { admissionBy } from '../scanning/admission.ts';
import type { CheckedFile } from '../scanning/check-file.ts';
import type { Ruling } from '../scanning/scan-policy.ts';
import { writeBeside } from './beside-files.ts';
import type { DownloadDeps, RunOptions } from './download-deps.ts';
import { belongsElsewhere, type PlannedFile } from './plan-file.ts';
import { modelNameOf, modelTypeOf } from './wanted-file.ts';

export interface PlacedFile {
  readonly planned: PlannedFile;
  readonly download: Download;
  readonly hashes: FileHashes;
  readonly sizeBytes: number;
  /** The published hash that vouches for the bytes; undefined when the site publishes none. */
  readonly verifiedBy: HashName | undefined;
  readonly checked: CheckedFile;
  /** What policy said of it. */
  readonly ruling: Ruling;
  readonly options: RunOptions;
}

/** The file stands under its name: everything beside it and every record of it. */
export async function recordPlaced(deps: DownloadDeps, placed: PlacedFile): Promise<Download> {
  const { planned, options, checked, ruling } = placed;
  const file = libraryFile(deps, placed, await sidecarsOf(deps, placed));
  const ended: Download = {
    ...placed.download,
    status: 'placed',
    path: file.path,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    verdict: checked.verdict,
    reason: null,
    updatedAt: file.placedAt,
  };
  const event = eventOf(file);
  await deps.unitOfWork.write(options.actor, async (tx) => {
    await saveDownload(tx, ended);
    await saveLibraryFile(tx, file);
    await saveFileScan(tx, file.path, checked);
    const { path, sha256, sizeBytes, verdict, admitted } = file;
    await tx.audit({
      action: verdict === 'clean' ? 'models.place-file' : 'models.place-risky-file',
      subject: { kind: 'library-file', id: file.id, name: file.name },
      level: verdict === 'dangerous' || ruling.action === 'block' ? 'critical' : 'info',
      category: verdict === 'clean' && admitted === null ? 'data' : 'security-scan',
      result: 'done',
      after: { path, sha256, sizeBytes, verdict, ...(admitted === null ? {} : { admitted }) },
    });
    if (planned.known === undefined) tx.publish(filePlaced, event);
    else tx.publish(fileRepaired, { ...event, source: ended.mirror ?? 'civitai' });
  });
  return ended;
}

/** What stands beside another version's file tells of that version. */
async function sidecarsOf(deps: DownloadDeps, { planned, download, options }: PlacedFile): Promise<readonly string[]> {
  if (belongsElsewhere(planned)) return planned.known?.sidecars ?? [];
  return writeBeside(deps, { planned, parts: download.parts, signal: options.signal });
}

export function eventOf(file: LibraryFile) {
  const { id, path, sha256, sizeBytes, modelName, modelId, versionId } = file;
  return { libraryId: id, path, sha256, sizeBytes, modelName, modelId, versionId };
}

/** What the bytes do not tell of a file. */
export function originOf(planned: Pick<PlannedFile, 'model' | 'version' | 'file'>): FileOrigin {
  const { version, file } = planned;
  return {
    modelName: modelNameOf(planned),
    type: modelTypeOf(planned),
    baseModel: version.baseModel,
    modelId: version.modelId,
    versionId: version.versionId,
    fileId: file.fileId,
    trainedWords: version.trainedWords,
  };
}

function libraryFile(deps: DownloadDeps, placed: PlacedFile, sidecars: readonly string[]): LibraryFile {
  const { planned, download, options, hashes, sizeBytes, verifiedBy, checked, ruling } = placed;
  const now = nowInstant(deps.clock);
  return {
    ...(planned.known !== undefined && belongsElsewhere(planned) ? planned.known : originOf(planned)),
    id: planned.known?.id ?? deps.ids.next(),
    path: planned.path,
    name: basename(planned.path),
    sizeBytes,
    sha256: hashes.SHA256,
    hashes: measuredHashes(hashes),
    sidecars,
    state: 'present',
    verdict: checked.verdict,
    admitted: admissionBy(options.actor, ruling, { reason: download.riskReason, at: now }),
    placedAt: planned.known?.placedAt ?? now,
    // Bytes nobody vouched for are kept, and not called verified (civitai-api.md §4.5).
    verifiedAt: verifiedBy === undefined ? null : now,
  };
}

/** Without those that have no meaning for this file. */
export function measuredHashes(hashes: FileHashes): PublishedHashes {
  return Object.fromEntries(Object.entries(hashes).filter((entry): entry is [string, string] => entry[1] !== null));
}
