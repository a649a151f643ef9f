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
  readonly jobs: Pick<JobQueue, 'enqueue'>;
  readonly clock: Clock;
  /** Every kind a schedule may name. */
  readonly kinds: readonly JobKind[];
}

/** A leader that falls silent is replaced after this. */
const LEASE_MS = 30 * SECOND;
/** Later than this a time counts as missed, not as just a little late. */
const MISSED_AFTER_MS = 2 * MINUTE;
const RUNS_KEPT_MS = 90 * DAY;

/** Returns how many jobs were made; 0 when another node leads. */
export async function enqueueDue(deps: ScheduleDeps, holder: string): Promise<number> {
  if ((await dueRows(deps.database, nowInstant(deps.clock))).length === 0) return 0;
  return deps.database.transaction(async (tx) => {
    if (!(await lead(deps, tx, holder))) return 0;
    let made = 0;
    for (const row of await dueRows(tx, nowInstant(deps.clock))) made += await handleDue(deps, tx, row);
    return made;
  });
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

async function handleDue(deps: ScheduleDeps, tx: Transaction, row: ScheduleRow): Promise<number> {
  const now = deps.clock.now();
  const planned = row.next_run ?? nowInstant(deps.clock);
  const plannedMs = Date.parse(planned);
  const isMissed = now - plannedMs > MISSED_AFTER_MS;
  const isSkipped = isMissed && row.catch_up === 'skip';
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
  if (isNew) await recordRun(deps, tx, row.id, { ...run, jobId: id });
  return id;
}

async function recordRun(
  { clock }: ScheduleDeps,
  tx: Transaction,
  scheduleId: string,
  run: { readonly trigger: 'planned' | 'manual'; readonly plannedAt: Instant; readonly jobId: string },
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
      job_id: run.jobId,
      schedule_id: scheduleId,
      trigger: run.trigger,
      planned_at: run.plannedAt,
      enqueued_at: nowInstant(clock),
    })
    .execute();
}
