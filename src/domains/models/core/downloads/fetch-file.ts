/** The bytes of a planned file, verified against everything the site publishes about them. */
import {
  createBandwidthLimit,
  downloadFile,
  type SourceAddress,
  type StagedFile,
  type TransferProgress,
} from '#engines/transfer';
import { isKuraError } from '#kernel/errors';

import type { Download } from '../../store/download-store.ts';
import { presentHashes } from '../catalogue/present-model.ts';
import type { DownloadDeps } from './download-deps.ts';
import type { PlannedFile } from './plan-file.ts';

export interface FetchRequest {
  readonly planned: PlannedFile;
  readonly download: Download;
  readonly signal: AbortSignal;
}

/** @throws KuraError as `downloadFile` of #engines/transfer. */
export async function fetchFile(deps: DownloadDeps, request: FetchRequest): Promise<StagedFile> {
  const { version, file } = request.planned;
  try {
    return await fetchFrom(deps, deps.source.fileAddress(version.versionId, file.fileId), request);
  } catch (error) {
    // A linked file belongs to another version, and only the address the site sent knows which (civitai-api.md §4.1).
    const isUnknownHere = isKuraError(error) && error.code === 'transfer.not-found';
    if (!isUnknownHere || file.downloadUrl === null) throw error;
    return fetchFrom(deps, deps.source.sentAddress(file.downloadUrl), request);
  }
}

async function fetchFrom(deps: DownloadDeps, source: SourceAddress, request: FetchRequest): Promise<StagedFile> {
  const { planned, download, signal } = request;
  const { connections, idleTimeoutMs, reserveBytes, bytesPerSecond } = deps.options();
  return downloadFile(
    {
      source,
      target: planned.path,
      expected: { sizeBytes: planned.file.sizeBytes ?? undefined, hashes: presentHashes(planned.file.hashes) },
      connections: download.connections ?? connections,
      idleTimeoutMs,
      reserveBytes,
      bandwidth: bytesPerSecond > 0 ? createBandwidthLimit(bytesPerSecond, deps.clock) : undefined,
      signal,
      onProgress: (progress) => deps.progress.downloadProgressed(present(download.id, progress)),
    },
    { clock: deps.clock, random: deps.random, egress: deps.egress, network: deps.network, hashThread: deps.hashThread },
  );
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
