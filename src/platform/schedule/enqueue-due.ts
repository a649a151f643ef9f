/**
 * Turns times that have come into jobs. The job and the move to the next time are one transaction, and the job's
 * idempotency key is schedule and planned time: a crash at any moment neither loses a run nor makes it twice.
 */
import { type Instant, instant } from '#kernel/brands';
import { type Clock, nowInstant } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { DAY, MINUTE, SECOND } from '#kernel/units';
import type { Database, Transaction } from '#platform/db';
import type { JobKind, JobQueue } from '#platform/jobs';

import { nextRun } from './next-run.ts';
import { type ScheduleRow, type ScheduleTables, timingOf } from './schedule-tables.ts';

export interface ScheduleDeps {
  readonly database: Database;
  readonly jobs: Pick<JobQueue, 'enqueue' | 'get'>;
  readonly clock: Clock;
  /** Every kind a schedule may name. */
  readonly kinds: readonly JobKind[];
}

/** A leader that falls silent is replaced after this. */
const LEASE_MS = 30 * SECOND;
/** Later than this a time counts as missed, not as just a little late. */
const MISSED_AFTER_MS = 2 * MINUTE;
/** The last one, and some that were asked for by hand beside it. */
const RUNS_LOOKED_AT = 5;
const RUNS_KEPT_MS = 90 * DAY;

/** Returns how many jobs were made; 0 when another node leads. */
export async function enqueueDue(deps: ScheduleDeps, holder: string): Promise<number> {
  const due = await dueRows(deps.database, nowInstant(deps.clock));
  if (due.length === 0) return 0;
  const underWay = await findUnderWay(deps, due);
  return deps.database.transaction(async (tx) => {
    if (!(await lead(deps, tx, holder))) return 0;
    let made = 0;
    for (const row of await dueRows(tx, nowInstant(deps.clock))) {
      made += await handleDue(deps, tx, row, underWay.get(row.id));
    }
    return made;
  });
}

/** By schedule, the job that must end before its next one is made. */
async function findUnderWay(
  { database, jobs }: ScheduleDeps,
  due: readonly ScheduleRow[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const { id } of due.filter(({ overlap }) => overlap === 'skip')) {
    const runs = await database
      .tables<ScheduleTables>()
      .selectFrom('kura_schedule_runs')
      .select('job_id')
      .where('schedule_id', '=', id)
      .where('skipped', '=', 0)
      .orderBy('enqueued_at', 'desc')
      .limit(RUNS_LOOKED_AT)
      .execute();
    for (const { job_id: jobId } of runs) {
      const status = (await jobs.get(jobId))?.status;
      if (status === 'queued' || status === 'running') found.set(id, jobId);
    }
  }
  return found;
}

async function dueRows(reads: Pick<Database | Transaction, 'tables'>, now: Instant): Promise<readonly ScheduleRow[]> {
  return reads
    .tables<ScheduleTables>()
    .selectFrom('kura_schedules')
    .selectAll()
    .where('enabled', '=', 1)
    .where('next_run', '<=', now)
    .orderBy('next_run')
    .orderBy('id')
    .execute();
}

/** Takes or keeps the lease; false while another holds it. */
async function lead({ clock }: ScheduleDeps, tx: Transaction, holder: string): Promise<boolean> {
  const until = instant(new Date(clock.now() + LEASE_MS));
  const taken = await tx
    .tables<ScheduleTables>()
    .insertInto('kura_schedule_leader')
    .values({ name: 'schedules', holder, until })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, until })
        .where((eb) =>
          eb.or([
            eb('kura_schedule_leader.holder', '=', holder),
            eb('kura_schedule_leader.until', '<', nowInstant(clock)),
          ]),
        ),
    )
    .returning('holder')
    .executeTakeFirst();
  return taken !== undefined;
}

/** @param underWay The job of this schedule that has not ended yet. */
async function handleDue(
  deps: ScheduleDeps,
  tx: Transaction,
  row: ScheduleRow,
  underWay: string | undefined,
): Promise<number> {
  const now = deps.clock.now();
  const planned = row.next_run ?? nowInstant(deps.clock);
  const plannedMs = Date.parse(planned);
  const isMissed = now - plannedMs > MISSED_AFTER_MS;
  const isSkipped = underWay !== undefined || (isMissed && row.catch_up === 'skip');
  if (underWay !== undefined) {
    await recordRun(deps, tx, row.id, { trigger: 'planned', plannedAt: planned, jobId: underWay, isSkipped });
  }
  const fault = isSkipped ? null : await enqueuePlanned(deps, tx, row, planned);
  const isMade = !isSkipped && fault === null;
  await tx
    .tables<ScheduleTables>()
    .updateTable('kura_schedules')
    .set({
      next_run: nextRun(timingOf(row), Math.max(now, plannedMs), plannedMs),
      fault,
      ...(isMade ? { last_run: nowInstant(deps.clock) } : {}),
    })
    .where('id', '=', row.id)
    .execute();
  return isMade ? 1 : 0;
}

/** The code of what was wrong with the schedule itself, which must not keep others from running. */
async function enqueuePlanned(
  deps: ScheduleDeps,
  tx: Transaction,
  row: ScheduleRow,
  planned: Instant,
): Promise<string | null> {
  try {
    await enqueueRun(deps, tx, row, { trigger: 'planned', plannedAt: planned });
    return null;
  } catch (error) {
    if (isKuraError(error) && (error.code === 'jobs.bad-payload' || error.code === 'schedule.unknown-job'))
      return error.code;
    throw error;
  }
}

/** @throws KuraError `schedule.unknown-job`, `jobs.bad-payload`. */
export async function enqueueRun(
  deps: ScheduleDeps,
  tx: Transaction,
  row: ScheduleRow,
  run: { readonly trigger: 'planned' | 'manual'; readonly plannedAt: Instant },
): Promise<string> {
  const kind = deps.kinds.find(({ name }) => name === row.job);
  if (kind === undefined) throw new KuraError('internal', 'schedule.unknown-job', { params: { job: row.job } });
  const key = run.trigger === 'planned' ? { idempotencyKey: `${row.id}@${run.plannedAt}` } : {};
  const { id, isNew } = await deps.jobs.enqueue(tx, kind, JSON.parse(row.payload), key);
  if (isNew) await recordRun(deps, tx, row.id, { ...run, jobId: id, isSkipped: false });
  return id;
}

async function recordRun(
  { clock }: ScheduleDeps,
  tx: Transaction,
  scheduleId: string,
  run: {
    readonly trigger: 'planned' | 'manual';
    readonly plannedAt: Instant;
    readonly jobId: string;
    readonly isSkipped: boolean;
  },
): Promise<void> {
  const tables = tx.tables<ScheduleTables>();
  await tables
    .deleteFrom('kura_schedule_runs')
    .where('schedule_id', '=', scheduleId)
    .where('enqueued_at', '<', instant(new Date(clock.now() - RUNS_KEPT_MS)))
    .execute();
  await tables
    .insertInto('kura_schedule_runs')
    .values({
      // A skipped run has the job of another.
      id: run.isSkipped ? `${scheduleId}@${run.plannedAt}` : run.jobId,
      job_id: run.jobId,
      skipped: Number(run.isSkipped),
      schedule_id: scheduleId,
      trigger: run.trigger,
      planned_at: run.plannedAt,
      enqueued_at: nowInstant(clock),
    })
    .execute();
}
