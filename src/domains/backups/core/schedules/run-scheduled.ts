/** One time of a schedule, from its window to what runs afterwards. */

import type { BackupProgress } from '#engines/vault';
import { dayIn } from '#kernel/day-in';
import { HOUR, MINUTE } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs } from '../../store/register-store.ts';
import { findSchedule, type StoredSchedule } from '../../store/schedule-store.ts';
import { findVerdicts } from '../../store/verdict-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { hookFailed, scheduleSkipped } from '../backups-events.ts';
import { isPaused, type Job } from '../register/protected-job.ts';
import { type JobRun, type JobWork, runJob } from '../runs/run-job.ts';
import type { Reason } from '../runs/run-record.ts';
import { lastTime, opening } from './due-times.ts';
import { readHolidays } from './holidays.ts';
import { runHook } from './run-hook.ts';
import { runScheduledJob, type ScheduledRun } from './schedule-job.ts';

export interface RunScheduled extends ScheduledRun, Pick<JobWork<BackupProgress>, 'signal' | 'onProgress'> {}

interface Turn {
  readonly job: Job;
  readonly schedule: StoredSchedule;
  readonly now: number;
  /** When it first was due. */
  readonly since: number;
  readonly failed: number;
}

/** Waits by queueing itself again; a time that cannot be kept is told, not lost. */
export async function runScheduled(context: BackupsContext, actor: Actor, work: RunScheduled): Promise<void> {
  const reads = context.database.tables<BackupsTables>();
  const now = context.clock.now();
  const [job] = await findJobs(reads, [work.job]);
  const schedule = await findSchedule(reads, work.job);
  if (job === undefined || schedule === undefined || !schedule.enabled) return;
  if (job.archivedAt !== null || isPaused(job, now)) return;
  const since = work.since === undefined ? now : Date.parse(work.since);
  const turn = { job, schedule, now, since, failed: work.failed };
  const obstacle = await obstacleOf(context, turn);
  if (obstacle !== undefined) {
    await waitOrSkip(context, actor, turn, obstacle);
    return;
  }
  const unfit = await before(context, turn, work.signal);
  if (unfit !== undefined) {
    await skip(context, actor, turn, unfit);
    return;
  }
  const done = await runJob(context, actor, { job: job.key, signal: work.signal, onProgress: work.onProgress });
  await afterwards(context, actor, turn, { done, signal: work.signal });
}

interface Obstacle {
  readonly reason: Reason;
  /** When it may be over; undefined when waiting does not help. */
  readonly tryAt: number | undefined;
}

async function obstacleOf(context: BackupsContext, turn: Turn): Promise<Obstacle | undefined> {
  const { schedule, job, now, since } = turn;
  const reads = context.database.tables<BackupsTables>();
  const holidays = await readHolidays(reads, schedule.rules.skipHolidays);
  const day = dayIn(schedule.zone, new Date(since).toISOString());
  if (holidays.has(day)) {
    return { reason: { code: 'backups.skipped-holiday', params: { job: job.key, day } }, tryAt: undefined };
  }
  const opens = opening(schedule.rules.window, schedule.zone, now);
  if (opens > now) {
    return { reason: { code: 'backups.skipped-window', params: { job: job.key } }, tryAt: opens };
  }
  const first = schedule.rules.after;
  if (first === null || (await isDone(context, first, now))) return undefined;
  const reason = { code: 'backups.skipped-waiting', params: { job: job.key, after: first } };
  return { reason, tryAt: now + 5 * MINUTE };
}

/** Whether a job has a good run since it was last due; one that is gone or paused keeps nobody waiting. */
async function isDone(context: BackupsContext, key: string, now: number): Promise<boolean> {
  const reads = context.database.tables<BackupsTables>();
  const [job] = await findJobs(reads, [key]);
  if (job === undefined || job.archivedAt !== null || isPaused(job, now)) return true;
  const schedule = await findSchedule(reads, key);
  const holidays = await readHolidays(reads, schedule?.rules.skipHolidays ?? null);
  const due = schedule === undefined ? undefined : lastTime(schedule, holidays, now);
  const dueAt = due ?? new Date(now - job.everyHours * HOUR).toISOString();
  const [told] = await findVerdicts(reads, [key]);
  return told !== undefined && told.lastGoodAt !== null && told.lastGoodAt >= dueAt;
}

async function waitOrSkip(
  context: BackupsContext,
  actor: Actor,
  turn: Turn,
  { reason, tryAt }: Obstacle,
): Promise<void> {
  const latest = turn.since + turn.schedule.rules.waitMinutes * MINUTE;
  if (tryAt === undefined || tryAt > latest) {
    await skip(context, actor, turn, reason);
    return;
  }
  await queueAgain(context, actor, turn, { at: tryAt, failed: turn.failed });
}

async function queueAgain(
  context: BackupsContext,
  actor: Actor,
  { job, since }: Turn,
  { at, failed }: { readonly at: number; readonly failed: number },
): Promise<void> {
  const payload = { job: job.key, since: new Date(since).toISOString(), failed };
  await context.unitOfWork.write(actor, async (tx) => {
    // The backup may have taken hours since the turn began.
    await tx.enqueue(runScheduledJob, payload, { delayMs: Math.max(0, at - context.clock.now()) });
  });
}

async function skip(context: BackupsContext, actor: Actor, { job, since }: Turn, reason: Reason): Promise<void> {
  await context.unitOfWork.write(actor, async (tx) => {
    const subject = subjectOf(job);
    await tx.audit({ action: 'backups.skip-run', subject, result: 'failed', after: { reason: reason.code } });
    const dueAt = new Date(since).toISOString();
    tx.publish(scheduleSkipped, { job: job.key, title: job.title, dueAt, ...reason });
  });
}

/** The run before it stays as it ended. */
async function tellHook(context: BackupsContext, actor: Actor, job: Job, reason: Reason): Promise<void> {
  await context.unitOfWork.write(actor, async (tx) => {
    const subject = subjectOf(job);
    await tx.audit({ action: 'backups.hook-failed', subject, result: 'failed', after: { reason: reason.code } });
    tx.publish(hookFailed, { job: job.key, title: job.title, ...reason });
  });
}

function subjectOf({ key, title }: Job) {
  return { kind: 'backup-job', id: key, name: title };
}

async function before(context: BackupsContext, { job, schedule }: Turn, signal: AbortSignal) {
  const hook = schedule.hooks.before;
  if (hook === null) return undefined;
  return await runHook(context, { hook, told: { KURA_JOB: job.key, KURA_SOURCE: job.source } }, signal);
}

async function afterwards(
  context: BackupsContext,
  actor: Actor,
  turn: Turn,
  { done, signal }: { readonly done: JobRun; readonly signal: AbortSignal },
): Promise<void> {
  const { job, schedule } = turn;
  const result = resultOf(done);
  const hook = schedule.hooks.after;
  if (hook !== null) {
    const told = { KURA_JOB: job.key, KURA_SOURCE: job.source, KURA_RESULT: result };
    const failed = await runHook(context, { hook, told }, signal);
    if (failed !== undefined) await tellHook(context, actor, job, failed);
  }
  const { retries, retryMinutes } = schedule.rules;
  if (result !== 'failed' || turn.failed >= retries) return;
  const at = context.clock.now() + retryMinutes * MINUTE;
  await queueAgain(context, actor, turn, { at, failed: turn.failed + 1 });
}

/** The worst of the copies; `skipped` when none could be written to. */
function resultOf({ runs }: JobRun): 'success' | 'partial' | 'failed' | 'skipped' {
  if (runs.length === 0) return 'skipped';
  if (runs.some(({ result }) => result === 'failed' || result === 'interrupted')) return 'failed';
  return runs.some(({ result }) => result === 'partial') ? 'partial' : 'success';
}
