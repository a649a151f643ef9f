/** Backups: what this domain can do for others. */
import type { BackupProgress } from '#engines/vault';
import type { Sha256 } from '#kernel/brands';
import type { ReadTables } from '#platform/db';
import type { Actor } from '#platform/unit-of-work';

import type { NewCopy, NewJob, RecordableState, VerificationKind } from './contract/index.ts';
import type { BackupsContext } from './core/backups-context.ts';
import { type QueuedWork, queueRun, queueSweep, queueVerification } from './core/queueing/queue-work.ts';
import { jobNotFound } from './core/register/find-registered.ts';
import type { Copy, Job } from './core/register/protected-job.ts';
import { addCopy, changeJob, ensureJob, protect, recordMedium } from './core/register/register.ts';
import { type ProtectedBy, protectionOf } from './core/repair/protection-of.ts';
import { type RecoveredFrom, type RecoverRequest, recoverFile } from './core/repair/recover-file.ts';
import { recoverRecords } from './core/runs/recover-records.ts';
import { type JobRun, type JobWork, runJob } from './core/runs/run-job.ts';
import type { Run } from './core/runs/run-record.ts';
import type { Assessment } from './core/verdict/assess.ts';
import { assessJobs, sweepVerdicts } from './core/verdict/read-status.ts';
import type { Verification } from './core/verification/verification-record.ts';
import { type JobVerification, type VerifyJob, verifyJob } from './core/verification/verify-job.ts';
import type { BackupsTables } from './store/backups-tables.ts';
import type { HistoryPage } from './store/history-query.ts';
import { findJobs } from './store/register-store.ts';
import { listRuns } from './store/run-store.ts';
import { findVerdicts, type ToldVerdict } from './store/verdict-store.ts';
import { listVerifications } from './store/verification-store.ts';

export type BackupsDeps = BackupsContext;

export interface Backups {
  /** @throws KuraError `backups.path-not-absolute`, `backups.source-missing`, `backups.job-exists`. */
  protect(actor: Actor, job: NewJob): Promise<Job>;
  /** For jobs that Kura itself sets up: made when missing, moved along when its folder moved, else left alone. */
  ensureJob(actor: Actor, job: NewJob): Promise<Job>;
  /** Pauses or resumes. @throws KuraError `backups.job-not-found`. */
  changeJob(actor: Actor, key: string, change: { readonly active: boolean }): Promise<Job>;
  /** The vault must exist and open. @throws KuraError `backups.copy-exists` and those of opening a vault. */
  addCopy(actor: Actor, key: string, copy: NewCopy): Promise<Copy>;
  /** @throws KuraError `backups.medium-connected` when the medium can be seen, `backups.copy-not-found`. */
  recordMedium(
    actor: Actor,
    place: { readonly job: string; readonly copy: string },
    state: RecordableState,
  ): Promise<Copy>;
  jobs(): Promise<readonly Job[]>;
  /** Backs up now, in this process. Failures of single copies are part of the answer. */
  run(actor: Actor, work: JobWork<BackupProgress>): Promise<JobRun>;
  /** Verifies, or restores and compares (`restore`), now, in this process. */
  verify(actor: Actor, work: VerifyJob): Promise<JobVerification>;
  queueRun(actor: Actor, key: string): Promise<QueuedWork>;
  queueVerification(actor: Actor, key: string, kind: VerificationKind): Promise<QueuedWork>;
  /** Newest first. */
  runs(page: HistoryPage): Promise<readonly Run[]>;
  /** Newest first. */
  verifications(page: HistoryPage): Promise<readonly Verification[]>;
  /** Verdicts of all jobs at this moment, media looked for. */
  status(): Promise<readonly Assessment[]>;
  /** @throws KuraError `backups.job-not-found`. */
  jobStatus(key: string): Promise<Assessment>;
  /** What was last told about each job: cheap, no medium is looked for. */
  toldVerdicts(): Promise<readonly ToldVerdict[]>;
  /** Closes what died, tells what time has changed, and queues the next hour's sweep. */
  sweep(actor: Actor): Promise<void>;
  /** For the start of a server: closes what died and keeps the hourly sweep going. */
  start(actor: Actor): Promise<void>;
  /** Brings one file back by its hash; undefined when no reachable copy holds it undamaged. */
  recoverFile(request: RecoverRequest): Promise<RecoveredFrom | undefined>;
  /** For each content the copies that hold it, and since when each is known to be readable. */
  protectionOf(sha256s: readonly Sha256[]): Promise<ReadonlyMap<Sha256, readonly ProtectedBy[]>>;
}

export function createBackups(context: BackupsDeps): Backups {
  const { database } = context;
  function reads(): ReadTables<BackupsTables> {
    return database.tables<BackupsTables>();
  }

  return {
    protect: (actor, job) => protect(context, actor, job),
    ensureJob: (actor, job) => ensureJob(context, actor, job),
    changeJob: (actor, key, change) => changeJob(context, actor, key, change),
    addCopy: (actor, key, copy) => addCopy(context, actor, key, copy),
    recordMedium: (actor, place, state) => recordMedium(context, actor, place, state),
    jobs: () => findJobs(reads()),
    run: (actor, work) => runJob(context, actor, work),
    verify: (actor, work) => verifyJob(context, actor, work),
    queueRun: (actor, key) => queueRun(context, actor, key),
    queueVerification: (actor, key, kind) => queueVerification(context, actor, key, kind),
    runs: (page) => listRuns(reads(), page),
    verifications: (page) => listVerifications(reads(), page),
    status: () => assessJobs(context),
    async jobStatus(key) {
      const [assessment] = await assessJobs(context, [key]);
      if (assessment === undefined) throw jobNotFound(key);
      return assessment;
    },
    toldVerdicts: () => findVerdicts(reads()),
    async sweep(actor) {
      await recoverRecords(context, actor);
      await sweepVerdicts(context, actor);
      await queueSweep(context, actor, 'next');
    },
    async start(actor) {
      await recoverRecords(context, actor);
      await queueSweep(context, actor, 'this');
    },
    recoverFile: (request) => recoverFile(context, request),
    protectionOf: (sha256s) => protectionOf(database, sha256s),
  };
}
