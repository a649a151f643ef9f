/** Schedules in the database (P-021): set up, switched, listed, run by hand. */
import { type Instant, instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';
import type { Transaction } from '#platform/db';
import type { Metrics } from '#platform/metrics';

import { enqueueDue, enqueueRun, type ScheduleDeps } from './enqueue-due.ts';
import { nextRun } from './next-run.ts';
import type { ScheduleDefinition, ScheduleRun, ScheduleView } from './schedule-definition.ts';
import { type ScheduleRow, type ScheduleTables, scheduleView, timingColumns, timingOf } from './schedule-tables.ts';

/** A schedule that is due for this long without becoming a job is late. */
const LATE_AFTER_MS = MINUTE;

export interface Scheduler {
  /**
   * Sets the schedule up or changes it. While its timing stays the same, so does its next run.
   * @throws KuraError `schedule.bad-timing`.
   */
  upsert<Payload>(tx: Transaction, definition: ScheduleDefinition<Payload>): Promise<void>;
  /** Switched on again, it starts with the next time from now. @throws KuraError `schedule.not-found`. */
  setEnabled(tx: Transaction, id: string, enabled: boolean): Promise<void>;
  /** Its jobs stay on record. Nothing happens when there is none. */
  remove(tx: Transaction, id: string): Promise<void>;
  /** Runs it now, beside its plan; answers with the job's id. @throws KuraError `schedule.not-found`. */
  trigger(tx: Transaction, id: string): Promise<string>;
  list(): Promise<readonly ScheduleView[]>;
  find(id: string): Promise<ScheduleView | undefined>;
  /** Newest first, of the last 90 days; how each ended stands with its job. */
  runs(id: string, limit: number): Promise<readonly ScheduleRun[]>;
  /** Turns due times into jobs as the leader `holder`; returns how many. */
  enqueueDue(holder: string): Promise<number>;
  /** How many schedules have been due for a minute and more. */
  late(): Promise<number>;
}

export function createScheduler(deps: ScheduleDeps): Scheduler {
  return {
    upsert: async (tx, definition) => upsert(deps, tx, definition),
    setEnabled: async (tx, id, enabled) => setEnabled(deps, tx, id, enabled),
    remove: async (tx, id) => {
      await tx.tables<ScheduleTables>().deleteFrom('kura_schedules').where('id', '=', id).execute();
    },
    trigger: async (tx, id) =>
      enqueueRun(deps, tx, await requireRow(tx, id), { trigger: 'manual', plannedAt: nowInstant(deps.clock) }),
    list: async () => (await rowsOf(deps).orderBy('id').execute()).map(scheduleView),
    find: async (id) => {
      const row = await rowsOf(deps).where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : scheduleView(row);
    },
    runs: async (id, limit) => readRuns(deps, id, limit),
    enqueueDue: async (holder) => enqueueDue(deps, holder),
    late: async () => {
      const before = instant(new Date(deps.clock.now() - LATE_AFTER_MS));
      return (await rowsOf(deps).where('enabled', '=', 1).where('next_run', '<', before).execute()).length;
    },
  };
}

/** The gauge `kura_schedules_late`, asked for at each scrape. */
export function scheduleMetrics(metrics: Metrics, scheduler: Pick<Scheduler, 'late'>): void {
  metrics.gauge('kura_schedules_late', 'Schedules that have been due for a minute and more', async () =>
    scheduler.late(),
  );
}

function rowsOf({ database }: ScheduleDeps) {
  return database.tables<ScheduleTables>().selectFrom('kura_schedules').selectAll();
}

async function findRow(tx: Transaction, id: string): Promise<ScheduleRow | undefined> {
  return tx.tables<ScheduleTables>().selectFrom('kura_schedules').selectAll().where('id', '=', id).executeTakeFirst();
}

async function requireRow(tx: Transaction, id: string): Promise<ScheduleRow> {
  const row = await findRow(tx, id);
  if (row === undefined) throw new KuraError('not-found', 'schedule.not-found', { params: { id } });
  return row;
}

async function upsert<Payload>(
  { clock }: ScheduleDeps,
  tx: Transaction,
  { id, job, payload, timing, catchUp, overlap }: ScheduleDefinition<Payload>,
): Promise<void> {
  const manner = { catch_up: catchUp, overlap };
  const columns = { job: job.name, payload: JSON.stringify(payload), ...manner, ...timingColumns(timing) };
  const first: Instant | null = nextRun(timing, clock.now());
  const known = await findRow(tx, id);
  const tables = tx.tables<ScheduleTables>();
  if (known === undefined) {
    const added = { enabled: 1, next_run: first, last_run: null, fault: null, created_at: nowInstant(clock) };
    await tables
      .insertInto('kura_schedules')
      .values({ id, ...columns, ...added })
      .execute();
    return;
  }
  const isSameTiming = JSON.stringify(timingOf(known)) === JSON.stringify(timing);
  await tables
    .updateTable('kura_schedules')
    .set({ ...columns, ...(isSameTiming ? {} : { next_run: first }) })
    .where('id', '=', id)
    .execute();
}

async function setEnabled({ clock }: ScheduleDeps, tx: Transaction, id: string, enabled: boolean): Promise<void> {
  const row = await requireRow(tx, id);
  if ((row.enabled === 1) === enabled) return;
  const next = enabled ? { next_run: nextRun(timingOf(row), clock.now()) } : {};
  await tx
    .tables<ScheduleTables>()
    .updateTable('kura_schedules')
    .set({ enabled: Number(enabled), ...next })
    .where('id', '=', id)
    .execute();
}

async function readRuns({ database }: ScheduleDeps, id: string, limit: number): Promise<readonly ScheduleRun[]> {
  const rows = await database
    .tables<ScheduleTables>()
    .selectFrom('kura_schedule_runs')
    .selectAll()
    .where('schedule_id', '=', id)
    .orderBy('enqueued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    jobId: row.job_id,
    skipped: row.skipped === 1,
    trigger: row.trigger,
    plannedAt: row.planned_at,
    enqueuedAt: row.enqueued_at,
  }));
}
