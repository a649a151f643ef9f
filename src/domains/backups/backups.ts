/** Backups: what this domain can do for others. */
import type { BackupProgress } from '#engines/vault';
import type { Sha256 } from '#kernel/brands';
import type { ReadTables } from '#platform/db';
import type { Actor } from '#platform/unit-of-work';

import type { NewCopy, NewJob, RecordableState, VerificationKind } from './contract/index.ts';
import type { BackupsContext } from './core/backups-context.ts';
import { createDocumentDesk, type DocumentDesk } from './core/documents/document-desk.ts';
import { createToolDesk, type ToolDesk } from './core/engines/tool-desk.ts';
import { createEstate, type Estate } from './core/estate/estate.ts';
import { createMediaDesk, type MediaDesk } from './core/media/media-desk.ts';
import { sweepMedia } from './core/media/sweep-media.ts';
import { queueWatch } from './core/missed-runs/queue-watch.ts';
import { createPolicies, type Policies } from './core/policies/policies.ts';
import { withProviderLogins } from './core/providers/provider-logins.ts';
import { createProviders, type Providers } from './core/providers/providers.ts';
import { type QueuedWork, queueRun, queueSweep, queueVerification } from './core/queueing/queue-work.ts';
import { createRecoveryDesk, type RecoveryDesk } from './core/recovery/recovery-desk.ts';
import { jobNotFound } from './core/register/find-registered.ts';
import { createJobRegister, type JobRegister } from './core/register/job-register.ts';
import type { Copy, Job } from './core/register/protected-job.ts';
import { addCopy, ensureJob, protect, recordMedium } from './core/register/register.ts';
import { type ProtectedBy, protectionOf } from './core/repair/protection-of.ts';
import { type RecoveredFrom, type RecoverRequest, recoverFile } from './core/repair/recover-file.ts';
import { createReportDesk, type ReportDesk } from './core/reports/report-desk.ts';
import { recoverRecords } from './core/runs/recover-records.ts';
import { type JobRun, type JobWork, runJob } from './core/runs/run-job.ts';
import type { Run } from './core/runs/run-record.ts';
import { keepTime } from './core/schedules/keep-time.ts';
import { type RunScheduled, runScheduled } from './core/schedules/run-scheduled.ts';
import { createSchedules, type Schedules } from './core/schedules/schedules.ts';
import type { Assessment } from './core/verdict/assess.ts';
import { assessJobs, sweepVerdicts, turnVerdicts } from './core/verdict/read-status.ts';
import type { Verification } from './core/verification/verification-record.ts';
import { type JobVerification, type VerifyJob, verifyJob } from './core/verification/verify-job.ts';
import { createProofDesk, type ProofDesk } from './proof-desk.ts';
import type { BackupsTables } from './store/backups-tables.ts';
import type { HistoryPage } from './store/history-query.ts';
import { findJobs } from './store/register-store.ts';
import { listRuns, type RunPage } from './store/run-history-store.ts';
import { findVerdicts, type ToldVerdict } from './store/verdict-store.ts';
import { listVerifications } from './store/verification-store.ts';

export type BackupsDeps = BackupsContext;

export interface Backups {
  /** @throws KuraError `backups.path-not-absolute`, `backups.source-missing`, `backups.job-exists`. */
  protect(actor: Actor, job: NewJob): Promise<Job>;
  /** For jobs that Kura itself sets up: made when missing, moved along when its folder moved, else left alone. */
  ensureJob(actor: Actor, job: NewJob): Promise<Job>;
  /** Kura's own backup. */
  readonly recovery: RecoveryDesk;
  /** What is protected, and where its copies lie. */
  readonly register: JobRegister;
  readonly policies: Policies;
  readonly schedules: Schedules;
  readonly providers: Providers;
  /** All jobs together, over time. */
  readonly estate: Estate;
  /** One time of a schedule, from its window to what runs afterwards. */
  runScheduled(actor: Actor, work: RunScheduled): Promise<void>;
  /** Tells verdicts whose time has come. */
  turnVerdicts(actor: Actor): Promise<number>;
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
  /** Drills, plans of tests, tickets, canary files. */
  readonly proof: ProofDesk;
  /** What other programs report. */
  readonly reports: ReportDesk;
  /** Copies that restic, borg and rclone make. */
  readonly tools: ToolDesk;
  /** Offline media: inventory, rotation, loans, labels. */
  readonly media: MediaDesk;
  /** Reports of a period as signed files. */
  readonly documents: DocumentDesk;
  /** By their beginning, newest first. */
  runs(page: RunPage): Promise<readonly Run[]>;
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

export function createBackups(deps: BackupsDeps): Backups {
  const context = { ...deps, storages: withProviderLogins(deps.storages, deps) };
  const { database } = context;
  const reports = createReportDesk(context);
  const proof = createProofDesk(context);
  const documents = createDocumentDesk(context);
  const recovery = createRecoveryDesk(context);
  function reads(): ReadTables<BackupsTables> {
    return database.tables<BackupsTables>();
  }

  return {
    proof,
    tools: createToolDesk(context),
    recovery,
    media: createMediaDesk(context),
    documents,
    protect: (actor, job) => protect(context, actor, job),
    ensureJob: (actor, job) => ensureJob(context, actor, job),
    register: createJobRegister(context),
    policies: createPolicies(context),
    schedules: createSchedules(context),
    providers: createProviders(context),
    estate: createEstate(context),
    runScheduled: (actor, work) => runScheduled(context, actor, work),
    turnVerdicts: (actor) => turnVerdicts(context, actor),
    addCopy: (actor, key, copy) => addCopy(context, actor, key, copy),
    recordMedium: (actor, place, state) => recordMedium(context, actor, place, state),
    jobs: () => findJobs(reads()),
    run: (actor, work) => runJob(context, actor, work),
    verify: (actor, work) => verifyJob(context, actor, work),
    queueRun: (actor, key) => queueRun(context, actor, key),
    queueVerification: (actor, key, kind) => queueVerification(context, actor, key, kind),
    reports,
    runs: (page) => listRuns(reads(), page),
    verifications: (page) => listVerifications(reads(), page),
    status: () => assessJobs(context),
    async jobStatus(key) {
      const [assessment] = await assessJobs(context, [key]);
      if (assessment === undefined) throw jobNotFound(key);
      return assessment;
    },
    toldVerdicts: () => findVerdicts(reads()),
    sweep: (actor) => sweepAll(context, actor),
    async start(actor) {
      await startWatching(context, actor);
      await proof.setUp(actor);
      await documents.setUp(actor);
      await recovery.setUp(actor);
    },
    recoverFile: (request) => recoverFile(context, request),
    protectionOf: (sha256s) => protectionOf(database, sha256s),
  };
}

async function sweepAll(context: BackupsContext, actor: Actor): Promise<void> {
  await recoverRecords(context, actor);
  await sweepVerdicts(context, actor);
  await sweepMedia(context, actor);
  await queueSweep(context, actor, 'next');
  await queueWatch(context, actor);
}

async function startWatching(context: BackupsContext, actor: Actor): Promise<void> {
  await recoverRecords(context, actor);
  await keepTime(context, actor);
  await queueSweep(context, actor, 'this');
  await queueWatch(context, actor);
}
