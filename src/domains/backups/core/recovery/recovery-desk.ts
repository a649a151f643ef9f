/** Kura's own recovery as others use it: how it stands, backed up now or by time. */
import type { Translator } from '#platform/i18n';
import type { Actor } from '#platform/unit-of-work';

import type { RecoveryStatus } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { listDrills } from '../../store/drill-store.ts';
import { findJobs } from '../../store/register-store.ts';
import { newestRuns } from '../../store/run-store.ts';
import { listPlans } from '../../store/test-plan-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { presentDrill } from '../drills/present-drill.ts';
import { requireJob } from '../register/find-registered.ts';
import type { Job } from '../register/protected-job.ts';
import { ensureJob } from '../register/register.ts';
import type { JobRun } from '../runs/run-job.ts';
import type { Run } from '../runs/run-record.ts';
import { kuraSource } from '../sources/job-source.ts';
import { backUpKura, type OwnBackupWork, pruneOwnVaults } from './back-up-kura.ts';
import { backUpKuraJob, backUpSchedule, keepRecoveryTime } from './recovery-jobs.ts';
import { kuraJob, recoveryGoals } from './recovery-rules.ts';

export interface RecoveryDesk {
  /** Registers this installation as something to protect, where nobody has. */
  ensureJob(actor: Actor): Promise<Job>;
  status(translator: Translator): Promise<RecoveryStatus>;
  /** For those who watch it; null before the first. */
  ages(): Promise<{ readonly backupSeconds: number | null; readonly drillSeconds: number | null }>;
  /** Now, in this process; undefined while the job is paused. Makes the first copy where there is none. */
  backUp(actor: Actor, work: OwnBackupWork): Promise<JobRun | undefined>;
  queueBackup(actor: Actor): Promise<{ readonly jobId: string }>;
  /** Gives back the room of what was forgotten. */
  prune(actor: Actor, signal: AbortSignal): Promise<void>;
  /** For the start of a server. */
  setUp(actor: Actor): Promise<void>;
}

export function createRecoveryDesk(context: BackupsContext): RecoveryDesk {
  return {
    ensureJob: (actor) => ensureOwnJob(context, actor),
    status: (translator) => statusOf(context, translator),
    ages: () => agesOf(context),
    backUp: (actor, work) => backUpKura(context, actor, work),
    queueBackup: (actor) =>
      context.unitOfWork.write(actor, async (tx) => {
        const { id } = await tx.enqueue(backUpKuraJob, {});
        const subject = { kind: 'backup-job', id: kuraJob };
        await tx.audit({ action: 'backups.start-run', subject, result: 'done' });
        return { jobId: id };
      }),
    prune: (actor, signal) => pruneOwnVaults(context, actor, signal),
    setUp: (actor) => keepRecoveryTime(context, actor),
  };
}

async function statusOf(context: BackupsContext, translator: Translator): Promise<RecoveryStatus> {
  const reads = context.database.tables<BackupsTables>();
  const job = await requireJob(context, kuraJob);
  const runs = await goodRuns(context, job);
  const newest = runs[0];
  const drills = await listDrills(reads, { job: kuraJob, kind: 'full', limit: 20 });
  const last = drills.find(({ result }) => result !== 'running');
  const schedules = await context.scheduler.list();
  const plan = (await listPlans(reads, { job: kuraJob, activeOnly: true })).find(({ kind }) => kind === 'full');
  const { automatic, everyHours } = context.recovery();
  return {
    job: job.key,
    source: job.source,
    automatic,
    everyHours,
    nextRun: schedules.find(({ id }) => id === backUpSchedule)?.nextRun ?? null,
    copies: job.copies.map(({ id, name, repository, site }) => ({
      name,
      repository,
      site,
      lastGoodAt: runs.find(({ copyId }) => copyId === id)?.startedAt ?? null,
    })),
    newest: newest === undefined ? null : presentNewest(newest),
    rpoSeconds: newest === undefined ? null : ageOf(context, newest),
    rpoTargetSeconds: job.rpoMinutes === null ? null : job.rpoMinutes * 60,
    rtoTargetSeconds: job.rtoMinutes === null ? null : job.rtoMinutes * 60,
    recoveryKit: await context.ownImage.hasRecoveryKit(),
    lastDrill: last === undefined ? null : presentDrill(last, translator),
    nextDrillOn: plan?.dueOn ?? null,
  };
}

async function agesOf(context: BackupsContext) {
  const reads = context.database.tables<BackupsTables>();
  const [job] = await findJobs(reads, [kuraJob]);
  if (job === undefined) return { backupSeconds: null, drillSeconds: null };
  const [newest] = await goodRuns(context, job);
  const [drill] = await listDrills(reads, { job: kuraJob, kind: 'full', result: 'passed', limit: 1 });
  return {
    backupSeconds: newest === undefined ? null : ageOf(context, newest),
    drillSeconds: drill === undefined ? null : ageOf(context, drill),
  };
}

/** Of each copy the newest, newest first. */
async function goodRuns({ database }: BackupsContext, { copies }: Job): Promise<readonly Run[]> {
  const ids = copies.map(({ id }) => id);
  const runs = await newestRuns(database.tables<BackupsTables>(), ids);
  return runs
    .filter(({ result }) => result === 'success' || result === 'partial')
    .toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
}

function presentNewest({ copy, startedAt, endedAt, files, bytes, newBytes }: Run) {
  const seconds = endedAt === null ? 0 : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return { at: startedAt, copy, files, bytes, newBytes, seconds };
}

function ageOf({ clock }: BackupsContext, { startedAt }: Pick<Run, 'startedAt'>): number {
  return Math.max(0, (clock.now() - Date.parse(startedAt)) / 1000);
}

/** Its everything, not only its database: an earlier job of that name moves along. */
function ensureOwnJob(context: BackupsContext, actor: Actor): Promise<Job> {
  return ensureJob(context, actor, {
    key: kuraJob,
    title: 'Kura itself',
    source: kuraSource(context),
    site: 'main',
    everyHours: 24,
    verifyEveryDays: 30,
    kind: 'database',
    criticality: 'critical',
    ...recoveryGoals,
  });
}
