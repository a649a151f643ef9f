/** Downloads of the server: asked for now, done by a durable job, cancelled and retried by a person. */
import { KuraError, toKuraError } from '#kernel/errors';
import type { JobContext, JobQueue } from '#platform/jobs';
import type { Actor } from '#platform/unit-of-work';

import { type Download, findDownload, saveDownload } from '../../store/download-store.ts';
import { rememberConsents } from '../consent/require-consent.ts';
import { recordAcceptedRisks } from '../consent/site-scan.ts';
import type { DownloadDeps, RunOptions } from './download-deps.ts';
import { type DownloadJobPayload, downloadFileJob } from './download-job.ts';
import { advance, plannedRecord, type RequestOptions, reasonOf } from './download-record.ts';
import type { GetRequest } from './get-files.ts';
import { assertFits, type FailedRef, isFailedRef, planDownloads, plannedFiles } from './plan-downloads.ts';
import { type PlannedFile, planFile } from './plan-file.ts';
import { resolveRef } from './resolve-ref.ts';
import { runDownload } from './run-download.ts';

export interface QueueDeps extends DownloadDeps {
  readonly jobs: JobQueue;
}

export interface StartedDownloads {
  readonly items: readonly Download[];
  readonly failed: readonly FailedRef[];
}

/** Plans at once, so that the caller learns what will happen; the bytes come with the jobs. */
export async function startDownloads(
  deps: QueueDeps,
  request: GetRequest,
  options: RunOptions,
): Promise<StartedDownloads> {
  const layout = request.layout ?? deps.options().layout;
  const { acceptLikeness = false } = request;
  const plan = await planDownloads(deps, { ...request, layout, acceptLikeness }, options.signal);
  assertFits(deps, plan);
  if (acceptLikeness) await rememberConsents(deps, plannedFiles(plan), options.actor);
  if (request.acceptRisk) await recordAcceptedRisks(deps, plannedFiles(plan), options.actor);
  const record = { ...request, layout };
  const items: Download[] = [];
  for (const planned of plannedFiles(plan)) items.push(await enqueue(deps, planned, record, options.actor));
  return { items, failed: plan.items.filter((item) => isFailedRef(item)) };
}

async function enqueue(
  deps: QueueDeps,
  planned: PlannedFile,
  request: RequestOptions,
  actor: Actor,
): Promise<Download> {
  const download = await plannedRecord(deps, planned, request);
  if (planned.action === 'skip') {
    const { known } = planned;
    return advance(deps, actor, download, { status: 'skipped', verdict: known?.verdict ?? null });
  }
  return (await isUnderWay(deps, download)) ? download : saveWithJob(deps, download, actor);
}

/** A file that is asked for twice is fetched once. */
async function isUnderWay(deps: QueueDeps, { jobId }: Download): Promise<boolean> {
  const job = jobId === null ? undefined : await deps.jobs.get(jobId);
  return job?.status === 'queued' || job?.status === 'running';
}

async function saveWithJob(deps: QueueDeps, download: Download, actor: Actor): Promise<Download> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const payload = { downloadId: download.id, actor: { kind: actor.kind, id: actor.id, name: actor.name } };
    const { id } = await tx.enqueue(downloadFileJob, payload);
    const saved = { ...download, status: 'planned' as const, reason: null, jobId: id };
    await saveDownload(tx, saved);
    await tx.audit({
      action: 'models.start-download',
      subject: { kind: 'download', id: download.id, name: download.name },
      result: 'done',
      after: { ref: download.ref, path: download.path, acceptRisk: download.acceptRisk },
    });
    return saved;
  });
}

/** @throws KuraError `models.download-not-found`, `models.download-ended`. */
export async function cancelDownload(deps: QueueDeps, id: string, actor: Actor): Promise<Download> {
  const download = await requireDownload(deps, id);
  const isOpen = ['planned', 'downloading', 'verifying', 'scanning'].includes(download.status);
  if (!isOpen) throw new KuraError('conflict', 'models.download-ended', { params: { status: download.status } });
  const isUnder = await isUnderWay(deps, download);
  return deps.unitOfWork.write(actor, async (tx) => {
    if (isUnder && download.jobId !== null) await deps.jobs.cancel(tx, download.jobId);
    const cancelled = { ...download, status: 'cancelled' as const };
    await saveDownload(tx, cancelled);
    await tx.audit({
      action: 'models.cancel-download',
      subject: { kind: 'download', id, name: download.name },
      result: 'done',
    });
    return cancelled;
  });
}

/** @throws KuraError `models.download-not-found`, `models.download-not-ended`. */
export async function retryDownload(deps: QueueDeps, id: string, actor: Actor): Promise<Download> {
  const download = await requireDownload(deps, id);
  // One that is still open without a job lost its program: it can go on.
  const isOver = ['placed', 'skipped'].includes(download.status);
  const canRetry = !isOver && !(await isUnderWay(deps, download));
  if (!canRetry) throw new KuraError('conflict', 'models.download-not-ended', { params: { status: download.status } });
  return saveWithJob(deps, download, actor);
}

/** @throws KuraError `models.download-not-found`. */
export async function requireDownload(deps: Pick<QueueDeps, 'database'>, id: string): Promise<Download> {
  const download = await findDownload(deps.database, id);
  if (download === undefined) throw new KuraError('not-found', 'models.download-not-found', { params: { id } });
  return download;
}

/** The job: everything is looked up anew, so that it can run in another process, a day later, after a crash. */
export async function runDownloadJob(deps: QueueDeps, job: JobContext<DownloadJobPayload>): Promise<void> {
  const download = await requireDownload(deps, job.payload.downloadId);
  if (['placed', 'skipped', 'quarantined', 'cancelled'].includes(download.status)) return;
  const options = { actor: job.payload.actor, signal: job.signal };
  try {
    await using _lock = await deps.lock.acquire({ signal: job.signal, patiently: true });
    const planned = await planAgain(deps, download, job.signal);
    await runDownload(withJobProgress(deps, job), planned, { ...download, path: planned.path }, options);
  } catch (error) {
    await afterFailure(deps, job, error);
    throw error;
  }
}

async function planAgain(deps: QueueDeps, download: Download, signal: AbortSignal): Promise<PlannedFile> {
  const [wanted] = await resolveRef(deps, `@${download.versionId}`, String(download.fileId), signal);
  if (wanted === undefined)
    throw new KuraError('not-found', 'models.download-not-found', { params: { id: download.id } });
  const placing = {
    layout: download.layout,
    signal,
    promised: new Set<string>(),
    force: download.force,
    besideOnly: download.parts?.includes('model') === false,
  };
  return planFile(deps, { ...wanted, ref: download.ref }, placing);
}

function withJobProgress(deps: QueueDeps, job: JobContext<DownloadJobPayload>): QueueDeps {
  return {
    ...deps,
    progress: {
      downloadProgressed(progress) {
        job.report({ receivedBytes: progress.receivedBytes, totalBytes: progress.totalBytes });
        deps.progress.downloadProgressed(progress);
      },
    },
  };
}

/** Whether it is over is known here only: a cancelled job is, a stopped program or a passing fault is not. */
async function afterFailure(deps: QueueDeps, job: JobContext<DownloadJobPayload>, thrown: unknown): Promise<void> {
  const latest = await requireDownload(deps, job.payload.downloadId);
  const error = toKuraError(job.signal.aborted ? job.signal.reason : thrown);
  await advance(deps, job.payload.actor, latest, { status: statusAfter(error, job), reason: reasonOf(error) });
}

function statusAfter(error: KuraError, job: JobContext<DownloadJobPayload>): Download['status'] {
  if (error.code === 'jobs.cancelled') return 'cancelled';
  const willRunAgain = job.signal.aborted || (error.facts.retryable && job.attempt < downloadFileJob.maxAttempts);
  return willRunAgain ? 'planned' : 'failed';
}
