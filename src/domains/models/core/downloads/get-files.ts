/** `kura models get`: plans, then runs the files a few at a time, and says of each how it ended. */
import { createBandwidthLimit } from '#engines/transfer';
import { type KuraError, toKuraError } from '#kernel/errors';
import type { LockOwner } from '#platform/files';

import type { LayoutName, ScanVerdict } from '../../contract/index.ts';
import type { Download } from '../../store/download-store.ts';
import { rememberConsents } from '../consent/require-consent.ts';
import { recordAcceptedRisks } from '../consent/site-scan.ts';
import type { DownloadDeps, RunOptions } from './download-deps.ts';
import { advance, plannedRecord, type RequestOptions, reasonOf } from './download-record.ts';
import { assertFits, type FailedRef, fileKey, isFailedRef, planDownloads, plannedFiles } from './plan-downloads.ts';
import type { PlannedFile } from './plan-file.ts';
import { runDownload } from './run-download.ts';

export interface GetRequest extends Omit<RequestOptions, 'layout'> {
  readonly refs: readonly string[];
  readonly file?: string | undefined;
  readonly layout?: LayoutName | undefined;
  /** Yes to models of real people; kept per model. */
  readonly acceptLikeness?: boolean | undefined;
}

export interface GetItem {
  readonly ref: string;
  readonly status: Download['status'];
  readonly path: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly verdict: ScanVerdict | null;
  /** Who sent the bytes, where it was not CivitAI. */
  readonly mirror: string | null;
  readonly reason: Download['reason'];
  /** Why it failed; decides the exit code. */
  readonly error: KuraError | undefined;
}

export interface GetObserver {
  /** A file has its place in the plan. */
  readonly onPlanned: (download: Download) => void;
  readonly onEnded: (item: GetItem) => void;
  readonly onWait: (owner: LockOwner) => void;
}

/** Never throws for a single file; an abort ends with everything unfinished `cancelled`. */
export async function getFiles(
  deps: DownloadDeps,
  request: GetRequest,
  observer: GetObserver,
  options: RunOptions,
): Promise<readonly GetItem[]> {
  await using _lock = await deps.lock.acquire({ signal: options.signal, onWait: observer.onWait });
  const { layout: usual, parallel } = deps.options();
  const { acceptLikeness = false, layout = usual } = request;
  const plan = await planDownloads(deps, { ...request, layout, acceptLikeness }, options.signal);
  assertFits(deps, plan);
  if (acceptLikeness) await rememberConsents(deps, plannedFiles(plan), options.actor);
  if (request.acceptRisk) await recordAcceptedRisks(deps, plannedFiles(plan), options.actor);
  const running = new Map<string, Promise<GetItem>>();
  const rate = request.bytesPerSecond;
  const bandwidth = rate === undefined ? options.bandwidth : createBandwidthLimit(rate, deps.clock);
  const run = { observer, options: { ...options, bandwidth } };
  async function runOnce(planned: PlannedFile): Promise<GetItem> {
    return runPlanned(deps, planned, await plannedRecord(deps, planned, { ...request, layout }), run);
  }
  /** Two references to one file share its run. */
  async function runOne(planned: PlannedFile | FailedRef): Promise<GetItem> {
    if (isFailedRef(planned)) return tell(failedItem(planned));
    const ending = running.get(fileKey(planned)) ?? runOnce(planned);
    running.set(fileKey(planned), ending);
    return tell({ ...(await ending), ref: planned.ref });
  }
  function tell(item: GetItem): GetItem {
    observer.onEnded(item);
    return item;
  }
  return await mapLimited(plan.items, parallel, runOne);
}

interface Run {
  readonly observer: GetObserver;
  readonly options: RunOptions;
}

async function runPlanned(
  deps: DownloadDeps,
  planned: PlannedFile,
  download: Download,
  { observer, options }: Run,
): Promise<GetItem> {
  try {
    options.signal.throwIfAborted();
    const saved = await advance(deps, options.actor, download, {});
    observer.onPlanned(saved);
    return itemOf(await runDownload(deps, planned, saved, options), undefined);
  } catch (thrown) {
    const error = toKuraError(thrown);
    const status = options.signal.aborted || error.kind === 'interrupted' ? 'cancelled' : 'failed';
    return itemOf({ ...download, status, path: null, reason: reasonOf(error) }, error);
  }
}

function itemOf(download: Download, error: KuraError | undefined): GetItem {
  const { ref, status, path, sizeBytes, sha256, verdict, reason } = download;
  const mirror = status === 'placed' ? download.mirror : null;
  return { ref, status, path, sizeBytes, sha256, verdict, mirror, reason, error };
}

function failedItem({ ref, error }: FailedRef): GetItem {
  const nothing = { path: null, sizeBytes: null, sha256: null, verdict: null, mirror: null };
  return { ref, status: 'failed', ...nothing, reason: reasonOf(error), error };
}

/** At most `width` at a time; results in the order of the inputs. */
async function mapLimited<Input, Output>(
  inputs: readonly Input[],
  width: number,
  work: (input: Input) => Promise<Output>,
): Promise<readonly Output[]> {
  const results: Output[] = [];
  const queue = inputs.entries();
  async function worker(): Promise<void> {
    for (const [index, input] of queue) results[index] = await work(input);
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(width, inputs.length)) }, worker));
  return results;
}
