/** The bytes of a planned file, from the site or a mirror, verified against everything the site publishes about them. */
import {
  type BandwidthLimit,
  createBandwidthLimit,
  downloadFile,
  joinBandwidthLimits,
  type SourceAddress,
  type StagedFile,
  type TransferDeps,
  type TransferProgress,
  type TransferRequest,
} from '#engines/transfer';
import { isKuraError, KuraError, toKuraError } from '#kernel/errors';

import { saveDownloadDecisions } from '../../store/decision-store.ts';
import type { Download } from '../../store/download-store.ts';
import { systemActor } from '../actor.ts';
import { presentHashes } from '../catalogue/present-model.ts';
import { DecisionLog, keptDecision } from './decision-log.ts';
import type { DownloadDeps, RunOptions } from './download-deps.ts';
import { firstLookAt } from './first-look.ts';
import { withBytesKept } from './keep-wrong-bytes.ts';
import { mirrorsMayHelp } from './mirrors/mirrors-may-help.ts';
import type { PlannedFile } from './plan-file.ts';
import { explainedBySite } from './refused.ts';

export interface FetchRequest {
  readonly planned: PlannedFile;
  readonly download: Download;
  readonly options: RunOptions;
}

/** Verified bytes, and the name of the mirror that sent them; null = CivitAI. */
export interface FetchedFile {
  readonly staged: StagedFile;
  readonly mirror: string | null;
}

/** @throws KuraError as `downloadFile` of #engines/transfer: what the site said, also where mirrors were asked in vain. */
export async function fetchFile(deps: DownloadDeps, request: FetchRequest): Promise<FetchedFile> {
  const { file, siteFault } = request.planned;
  refuseTooLarge(deps, file.sizeBytes);
  const isMirrorFirst = deps.options().mirrorFirst === true && siteFault === undefined;
  const early = isMirrorFirst ? await fetchFromMirrors(deps, request) : undefined;
  if (early !== undefined) return early;
  try {
    if (siteFault !== undefined) throw siteFault;
    return { staged: await fetchFromSite(deps, request), mirror: null };
  } catch (error) {
    if (isMirrorFirst || request.options.signal.aborted || !mirrorsMayHelp(error)) throw error;
    const found = await fetchFromMirrors(deps, request);
    if (found === undefined) throw error;
    return found;
  }
}

async function fetchFromSite(deps: DownloadDeps, request: FetchRequest): Promise<StagedFile> {
  const { version, file } = request.planned;
  try {
    return await fetchFrom(deps, placeOf(deps, deps.source.fileAddress(version.versionId, file.fileId)), request);
  } catch (error) {
    // A linked file belongs to another version, and only the address the site sent knows which (civitai-api.md §4.1).
    const isUnknownHere = isKuraError(error) && ['transfer.not-found', 'civitai.not-found'].includes(error.code);
    if (!isUnknownHere || file.downloadUrl === null) throw error;
    return fetchFrom(deps, placeOf(deps, deps.source.sentAddress(file.downloadUrl)), request);
  }
}

/** Undefined when none has it; whatever is wrong with one mirror, the next is asked. */
async function fetchFromMirrors(deps: DownloadDeps, request: FetchRequest): Promise<FetchedFile | undefined> {
  const { planned, download, options } = request;
  const { name, hashes } = planned.file;
  if (hashes.sha256 === null) return undefined;
  for (const mirror of deps.mirrors ?? []) {
    const source = mirror.address({ sha256: hashes.sha256, name });
    // With connections of its own: what may be reached there is not what the site may lead to.
    const place = { source, egress: mirror.egress, wire: undefined, retry: mirrorRetries };
    try {
      return { staged: await fetchFrom(deps, place, request), mirror: mirror.name };
    } catch (thrown) {
      const error = toKuraError(thrown);
      if (options.signal.aborted || isOfThisMachine(error)) throw error;
      await withBytesKept(deps, { planned, error, reason: 'models.mirror-mismatch' }, options.actor);
      const { code } = error;
      deps.logger.info('models.mirror-without-file', { download: download.id, mirror: mirror.name, code });
    }
  }
  return undefined;
}

/** Another mirror is nearer than the hope for this one. */
const mirrorRetries = { attempts: 3 };

/** No other mirror would meet anything else. */
function isOfThisMachine({ code }: KuraError): boolean {
  return ['kernel.disk-full', 'kernel.no-permission', 'transfer.disk-space', 'transfer.busy'].includes(code);
}

/** What the site says of the length is enough to refuse; what comes is measured again, announced or not. */
function refuseTooLarge(deps: DownloadDeps, actualBytes: number | null): void {
  const { maxBytes = 0 } = deps.options();
  if (maxBytes === 0 || actualBytes === null || actualBytes <= maxBytes) return;
  throw new KuraError('forbidden', 'transfer.too-large', { params: { maxBytes, actualBytes } });
}

type Place = Pick<TransferDeps, 'egress' | 'wire'> &
  Pick<TransferRequest, 'explainRefusal' | 'retry'> & { readonly source: SourceAddress };

/** Of the site. */
function placeOf({ egress, wire, clock }: DownloadDeps, source: SourceAddress): Place {
  return { source, egress, wire, explainRefusal: explainedBySite(source, clock) };
}

async function fetchFrom(deps: DownloadDeps, place: Place, request: FetchRequest): Promise<StagedFile> {
  const { planned, download, options } = request;
  const { idleTimeoutMs, reserveBytes, maxBytes = 0 } = deps.options();
  await using log = decisionsOf(deps, download);
  return await downloadFile(
    {
      source: place.source,
      target: planned.path,
      expected: { sizeBytes: planned.file.sizeBytes ?? undefined, hashes: presentHashes(planned.file.hashes) },
      ...connectionsFor(deps, request),
      idleTimeoutMs,
      reserveBytes,
      bandwidth: joinBandwidthLimits([options.bandwidth ?? ownLimit(deps, download), deps.bandwidth]),
      maxBytes: maxBytes > 0 ? maxBytes : undefined,
      signal: options.signal,
      explainRefusal: place.explainRefusal,
      retry: place.retry,
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
      egress: place.egress,
      network: deps.network,
      hashThread: deps.hashThread,
      wire: place.wire,
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
