/** The bytes of a planned file, verified against everything the site publishes about them. */
import {
  type BandwidthLimit,
  createBandwidthLimit,
  downloadFile,
  joinBandwidthLimits,
  type SourceAddress,
  type StagedFile,
  type TransferProgress,
} from '#engines/transfer';
import { isKuraError, KuraError } from '#kernel/errors';

import { saveDownloadDecisions } from '../../store/decision-store.ts';
import type { Download } from '../../store/download-store.ts';
import { systemActor } from '../actor.ts';
import { presentHashes } from '../catalogue/present-model.ts';
import { DecisionLog, keptDecision } from './decision-log.ts';
import type { DownloadDeps, RunOptions } from './download-deps.ts';
import { firstLookAt } from './first-look.ts';
import type { PlannedFile } from './plan-file.ts';
import { explainedBySite } from './refused.ts';

export interface FetchRequest {
  readonly planned: PlannedFile;
  readonly download: Download;
  readonly options: RunOptions;
}

/** @throws KuraError as `downloadFile` of #engines/transfer. */
export async function fetchFile(deps: DownloadDeps, request: FetchRequest): Promise<StagedFile> {
  const { version, file } = request.planned;
  refuseTooLarge(deps, file.sizeBytes);
  try {
    return await fetchFrom(deps, deps.source.fileAddress(version.versionId, file.fileId), request);
  } catch (error) {
    // A linked file belongs to another version, and only the address the site sent knows which (civitai-api.md §4.1).
    const isUnknownHere = isKuraError(error) && ['transfer.not-found', 'civitai.not-found'].includes(error.code);
    if (!isUnknownHere || file.downloadUrl === null) throw error;
    return fetchFrom(deps, deps.source.sentAddress(file.downloadUrl), request);
  }
}

/** What the site says of the length is enough to refuse; what comes is measured again, announced or not. */
function refuseTooLarge(deps: DownloadDeps, actualBytes: number | null): void {
  const { maxBytes = 0 } = deps.options();
  if (maxBytes === 0 || actualBytes === null || actualBytes <= maxBytes) return;
  throw new KuraError('forbidden', 'transfer.too-large', { params: { maxBytes, actualBytes } });
}

async function fetchFrom(deps: DownloadDeps, source: SourceAddress, request: FetchRequest): Promise<StagedFile> {
  const { planned, download, options } = request;
  const { idleTimeoutMs, reserveBytes, maxBytes = 0 } = deps.options();
  await using log = decisionsOf(deps, download);
  return await downloadFile(
    {
      source,
      target: planned.path,
      expected: { sizeBytes: planned.file.sizeBytes ?? undefined, hashes: presentHashes(planned.file.hashes) },
      ...connectionsFor(deps, request),
      idleTimeoutMs,
      reserveBytes,
      bandwidth: joinBandwidthLimits([options.bandwidth ?? ownLimit(deps, download), deps.bandwidth]),
      maxBytes: maxBytes > 0 ? maxBytes : undefined,
      signal: options.signal,
      explainRefusal: explainedBySite(source, deps.clock),
      // What the library held before had been let in.
      firstLook: planned.known ? undefined : firstLookAt(deps, planned, download),
      onDecision(decision) {
        deps.logger.debug('models.connections', { download: download.id, ...decision });
        log.add(keptDecision(decision, null));
        options.onDecision?.(decision);
      },
      onProgress: (progress) => deps.progress.downloadProgressed(present(download.id, progress)),
    },
    {
      clock: deps.clock,
      random: deps.random,
      egress: deps.egress,
      network: deps.network,
      hashThread: deps.hashThread,
      wire: deps.wire,
      steering: deps.steering,
      hostPauses: deps.hostPauses,
    },
  );
}

/** A number that was asked for is meant as it stands, unless a mode was asked for as well. */
function connectionsFor(deps: DownloadDeps, { download }: FetchRequest) {
  const usual = deps.options();
  const mode = download.mode ?? (download.connections === null ? usual.mode : undefined);
  return { connections: download.connections ?? usual.connections, mode };
}

function decisionsOf(deps: DownloadDeps, { id }: Download): DecisionLog {
  return new DecisionLog(async (decisions) =>
    deps.unitOfWork.write(systemActor, async (tx) => saveDownloadDecisions(tx, id, decisions)),
  );
}

/** A download that a job runs has nobody to share its limit with. */
function ownLimit(deps: DownloadDeps, { bytesPerSecond }: Download): BandwidthLimit | undefined {
  return bytesPerSecond === null ? undefined : createBandwidthLimit(bytesPerSecond, deps.clock);
}

function present(downloadId: string, progress: TransferProgress) {
  const isVerifying = progress.phase === 'verifying' || progress.phase === 'verified';
  return {
    downloadId,
    status: isVerifying ? ('verifying' as const) : ('downloading' as const),
    receivedBytes: progress.receivedBytes,
    totalBytes: progress.totalBytes ?? null,
    bytesPerSecond: progress.bytesPerSecond,
    etaSeconds: progress.etaSeconds ?? null,
  };
}
