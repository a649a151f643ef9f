/** The row of a download as it moves from state to state. */

import { type Clock, nowInstant } from '#kernel/clock';
import type { KuraError, MessageParams } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import { withoutUndefined } from '#kernel/without-undefined';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import { type DownloadMode, downloadParts, type LayoutName } from '../../contract/index.ts';
import { type Download, findDownloadOf, type Reason, saveDownload } from '../../store/download-store.ts';
import { chosenParts, type PartChoice } from './download-parts.ts';
import type { PlannedFile } from './plan-file.ts';
import { modelNameOf, modelTypeOf } from './wanted-file.ts';

export interface RecordDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Of Kura; kept with what it fetched. */
  readonly version?: string | undefined;
}

export interface RequestOptions extends PartChoice {
  readonly layout: LayoutName;
  readonly connections?: number | undefined;
  readonly acceptRisk: boolean;
  /** From somebody who may override the policy. */
  readonly riskReason?: string | undefined;
  /** Fetch anew what is there already. */
  readonly force?: boolean | undefined;
  /** A limit of its own, besides that of all downloads. */
  readonly bytesPerSecond?: number | undefined;
  /** How connections are used, if not as usual. */
  readonly mode?: DownloadMode | undefined;
}

/** The record of a planned file, not saved yet: a new one, or the earlier one of this file at its beginning again. */
export async function plannedRecord(
  deps: RecordDeps,
  planned: PlannedFile,
  options: RequestOptions,
): Promise<Download> {
  const { version, file } = planned;
  const earlier = await findDownloadOf(deps.database, version.versionId, file.fileId);
  const now = nowInstant(deps.clock);
  const parts = chosenParts(options);
  return {
    id: earlier?.id ?? deps.ids.next(),
    ref: planned.ref,
    modelId: version.modelId,
    versionId: version.versionId,
    fileId: file.fileId,
    modelName: modelNameOf(planned),
    name: file.name,
    type: modelTypeOf(planned),
    status: 'planned',
    path: planned.path,
    sizeBytes: file.sizeBytes,
    sha256: file.hashes.sha256,
    verdict: null,
    reason: null,
    layout: options.layout,
    connections: options.connections ?? null,
    acceptRisk: options.acceptRisk,
    riskReason: options.riskReason ?? null,
    jobId: earlier?.jobId ?? null,
    seconds: earlier?.seconds ?? null,
    networkBytes: earlier?.networkBytes ?? null,
    toolVersion: earlier?.toolVersion ?? null,
    mirror: earlier?.mirror ?? null,
    bytesPerSecond: options.bytesPerSecond ?? null,
    parts: parts.length === downloadParts.length ? null : parts,
    force: options.force ?? false,
    mode: options.mode ?? modeOfUnfinished(earlier),
    createdAt: earlier?.createdAt ?? now,
    updatedAt: now,
  };
}

/** Whoever goes on with a file means it as it was begun. */
function modeOfUnfinished(earlier: Download | undefined): DownloadMode | null {
  return earlier === undefined || ['placed', 'skipped'].includes(earlier.status) ? null : earlier.mode;
}

/** Saves the record with the changes and returns it. */
export async function advance(
  deps: Pick<RecordDeps, 'unitOfWork' | 'clock'>,
  actor: Actor,
  download: Download,
  changes: Partial<Download>,
): Promise<Download> {
  const next = { ...download, ...changes, updatedAt: nowInstant(deps.clock) };
  await deps.unitOfWork.write(actor, async (tx) => saveDownload(tx, next));
  return next;
}

export function reasonOf(error: KuraError): Reason {
  return { code: error.code, params: storable(error.params) };
}

function storable(params: MessageParams): MessageParams {
  return withoutUndefined(params);
}
