/** Scans of the library: started, paused, resumed, cancelled; one at a time, whoever asked for it. */
import { ruleSetVersion } from '#engines/modelscan';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { JobContext } from '#platform/jobs';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { ScanRequest, ScanRunStatus, ScanTrigger } from '../../contract/index.ts';
import {
  findLibraryScan,
  findOpenScan,
  findScanOfJob,
  insertLibraryScan,
  type LibraryScan,
  moveLibraryScan,
  openScanStatuses,
} from '../../store/library-scan-store.ts';
import type { RunOptions } from '../downloads/download-deps.ts';
import type { LibraryScanDeps } from './library-scan-deps.ts';
import { noCounts, runLibraryScan, type ScanObserver } from './run-library-scan.ts';
import { libraryScanProgressed } from './scan-events.ts';
import { SCAN_PRIORITY, type ScanJobPayload, scanLibraryJob } from './scan-library-job.ts';

/** A scan of the command line that has not been heard of for so long has lost its program. */
const SILENT_MS = 30 * SECOND;

export interface LibraryScans {
  /** The job begins soon. @throws KuraError conflict `models.scan-open`. */
  readonly start: (request: ScanRequest, actor: Actor) => Promise<LibraryScan>;
  /** Scans in this process. @throws KuraError conflict `models.scan-open`; the signal's reason: the scan is paused then. */
  readonly run: (request: ScanRequest, observer: ScanObserver, options: RunOptions) => Promise<LibraryScan>;
  /** @throws KuraError `models.scan-not-found`. */
  readonly read: (id: string) => Promise<LibraryScan>;
  /** All three: @throws KuraError `models.scan-not-found`, conflict `models.scan-ended`. */
  readonly pause: (id: string, actor: Actor) => Promise<LibraryScan>;
  /** Goes on where it stood, by the rules of today. */
  readonly resume: (id: string, actor: Actor) => Promise<LibraryScan>;
  readonly cancel: (id: string, actor: Actor) => Promise<LibraryScan>;
  readonly runJob: (job: JobContext<ScanJobPayload>) => Promise<void>;
}

export function createLibraryScans(deps: LibraryScanDeps): LibraryScans {
  return {
    start: async (request, actor) => {
      await clearWay(deps, actor);
      return deps.unitOfWork.write(actor, async (tx) => {
        const scan = newScan(deps, { request, actor, trigger: 'person' });
        const payload = { scanId: scan.id, trigger: 'person' as const, actor: whoOf(actor) };
        const { id: jobId } = await tx.enqueue(scanLibraryJob, payload, { priority: SCAN_PRIORITY });
        return begin(tx, { ...scan, status: 'queued', jobId });
      });
    },
    run: async (request, observer, options) => {
      await clearWay(deps, options.actor);
      const fresh = newScan(deps, { request, actor: options.actor, trigger: 'person' });
      const scan = await deps.unitOfWork.write(options.actor, async (tx) => begin(tx, fresh));
      return runToEnd(deps, scan, observer, options);
    },
    read: async (id) => requireScan(deps, id),
    pause: async (id, actor) => {
      const scan = await requireOpen(deps, id);
      await stopJob(deps, scan, { actor, status: 'paused' });
      return requireScan(deps, id);
    },
    resume: async (id, actor) => {
      const scan = await requireOpen(deps, id);
      if (await isAlive(deps, scan)) return scan;
      await deps.unitOfWork.write(actor, async (tx) => {
        const payload = { scanId: id, trigger: scan.trigger, actor: whoOf(actor) };
        const { id: jobId } = await tx.enqueue(scanLibraryJob, payload, { priority: SCAN_PRIORITY });
        await step(deps, tx, scan, { status: 'queued', jobId });
      });
      return requireScan(deps, id);
    },
    cancel: async (id, actor) => {
      const scan = await requireOpen(deps, id);
      await stopJob(deps, scan, { actor, status: 'cancelled' });
      return requireScan(deps, id);
    },
    runJob: async (job) => runJob(deps, job),
  };
}

/** Queued, running or paused; one whose program is gone counts as paused. */
export async function openScanOf(deps: LibraryScanDeps): Promise<LibraryScan | undefined> {
  const scan = await findOpenScan(deps.database);
  if (scan === undefined || scan.status === 'paused' || (await isAlive(deps, scan))) return scan;
  return { ...scan, status: 'paused' };
}

/** A scan that nobody is going on with makes way for a new one. @throws KuraError conflict `models.scan-open`. */
async function clearWay(deps: LibraryScanDeps, actor: Actor): Promise<void> {
  const open = await openScanOf(deps);
  if (open === undefined) return;
  if (open.status !== 'paused') throw new KuraError('conflict', 'models.scan-open', { params: { id: open.id } });
  await deps.unitOfWork.write(actor, async (tx) => step(deps, tx, open, { status: 'cancelled' }));
}

async function isAlive({ jobs, clock }: LibraryScanDeps, { status, jobId, updatedAt }: LibraryScan): Promise<boolean> {
  if (status === 'paused') return false;
  if (jobId === null) return clock.now() - Date.parse(updatedAt) < SILENT_MS;
  const job = await jobs.get(jobId);
  return job?.status === 'queued' || job?.status === 'running';
}

async function runJob(deps: LibraryScanDeps, job: JobContext<ScanJobPayload>): Promise<void> {
  const { actor } = job.payload;
  const scan = await scanOfJob(deps, job);
  if (scan === undefined) return;
  const observer: ScanObserver = { onFile: (_scanned, counts) => job.report({ ...counts }) };
  await runToEnd(deps, scan, observer, { actor, signal: job.signal });
}

/** Undefined when there is nothing to do: it was cancelled meanwhile, or another scan is under way. */
async function scanOfJob(deps: LibraryScanDeps, job: JobContext<ScanJobPayload>): Promise<LibraryScan | undefined> {
  const { actor, scanId, trigger } = job.payload;
  const known = scanId === undefined ? await findScanOfJob(deps.database, job.id) : await requireScan(deps, scanId);
  if (known !== undefined) {
    const isMine = known.jobId === job.id && ['queued', 'running'].includes(known.status);
    if (!isMine) return undefined;
    const moved = await deps.unitOfWork.write(actor, async (tx) => step(deps, tx, known, { status: 'running' }));
    return moved ? { ...known, status: 'running' } : undefined;
  }
  const open = await openScanOf(deps);
  if (open !== undefined && open.status !== 'paused') return undefined;
  await clearWay(deps, actor);
  const request = { fresh: false };
  const scan = { ...newScan(deps, { request, actor, trigger }), jobId: job.id };
  return deps.unitOfWork.write(actor, async (tx) => begin(tx, scan));
}

async function runToEnd(
  deps: LibraryScanDeps,
  scan: LibraryScan,
  observer: ScanObserver,
  { actor, signal }: RunOptions,
): Promise<LibraryScan> {
  try {
    await runLibraryScan(deps, scan, observer, { actor, signal });
    await end(deps, scan, actor, 'done');
  } catch (error) {
    // Whether a job goes on is known to the queue; a command that is stopped leaves its scan paused.
    if (scan.jobId === null) await end(deps, scan, actor, signal.aborted ? 'paused' : 'failed');
    throw error;
  }
  return requireScan(deps, scan.id);
}

async function end(deps: LibraryScanDeps, { id }: LibraryScan, actor: Actor, status: ScanRunStatus): Promise<void> {
  const scan = await requireScan(deps, id);
  await deps.unitOfWork.write(actor, async (tx) => {
    await step(deps, tx, scan, { status, from: ['running'] });
    if (status !== 'done') return;
    await tx.audit({
      action: 'models.scan-library',
      subject: { kind: 'library-scan', id },
      category: 'security-scan',
      level: scan.counts.quarantined > 0 ? 'warning' : 'info',
      result: 'done',
      after: { ...scan.counts, ruleSet: scan.ruleSet, trigger: scan.trigger },
    });
  });
}

async function stopJob(
  deps: LibraryScanDeps,
  scan: LibraryScan,
  { actor, status }: { readonly actor: Actor; readonly status: 'paused' | 'cancelled' },
): Promise<void> {
  const isJobAlive = scan.jobId !== null && (await isAlive(deps, scan));
  await deps.unitOfWork.write(actor, async (tx) => {
    if (isJobAlive && scan.jobId !== null) await deps.jobs.cancel(tx, scan.jobId);
    await step(deps, tx, scan, { status });
    await tx.audit({
      action: status === 'paused' ? 'models.pause-scan' : 'models.cancel-scan',
      subject: { kind: 'library-scan', id: scan.id },
      category: 'security-scan',
      result: 'done',
    });
  });
}

interface Move {
  readonly status: ScanRunStatus;
  readonly jobId?: string;
  /** Default: all that have not ended. */
  readonly from?: readonly ScanRunStatus[];
}

async function step(
  deps: LibraryScanDeps,
  tx: WriteTransaction,
  scan: LibraryScan,
  { from = openScanStatuses, ...to }: Move,
): Promise<boolean> {
  const moved = await moveLibraryScan(tx, scan.id, from, { ...to, at: nowInstant(deps.clock) });
  if (moved) tx.publish(libraryScanProgressed, { id: scan.id, status: to.status, counts: scan.counts });
  return moved;
}

async function begin(tx: WriteTransaction, scan: LibraryScan): Promise<LibraryScan> {
  await insertLibraryScan(tx, scan);
  tx.publish(libraryScanProgressed, { id: scan.id, status: scan.status, counts: scan.counts });
  return scan;
}

interface NewScan {
  readonly request: ScanRequest;
  readonly actor: Actor;
  readonly trigger: ScanTrigger;
}

function newScan(deps: LibraryScanDeps, { request, actor, trigger }: NewScan): LibraryScan {
  const now = nowInstant(deps.clock);
  return {
    id: deps.ids.next(),
    status: 'running',
    trigger,
    actor: actor.name,
    ruleSet: ruleSetVersion,
    options: request,
    cursor: undefined,
    counts: noCounts,
    changes: [],
    jobId: null,
    startedAt: now,
    updatedAt: now,
    endedAt: null,
  };
}

async function requireScan({ database }: LibraryScanDeps, id: string): Promise<LibraryScan> {
  const scan = await findLibraryScan(database, id);
  if (scan === undefined) throw new KuraError('not-found', 'models.scan-not-found', { params: { id } });
  return scan;
}

async function requireOpen(deps: LibraryScanDeps, id: string): Promise<LibraryScan> {
  const scan = await requireScan(deps, id);
  if (openScanStatuses.some((status) => status === scan.status)) return scan;
  throw new KuraError('conflict', 'models.scan-ended', { params: { status: scan.status } });
}

function whoOf({ kind, id, name }: Actor) {
  return { kind, id, name };
}
