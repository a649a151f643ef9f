/** The transitions of a job record, each a guarded change: who does not hold the state it starts from changes nothing. */
import type { Updateable } from 'kysely';

import { type Instant, instant } from '#kernel/brands';
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Transaction } from '#platform/db';

import type { EndedJob, JobDelivery, JobEndedHook, JobError, RunOutcome } from './job-queue.ts';
import { type JobRow, type JobTables, parseError } from './job-tables.ts';

export interface RecordDeps {
  readonly clock: Clock;
  readonly delivery: JobDelivery;
  readonly ended: JobEndedHook;
}

/** The row, locked until the transaction ends. */
export async function lockJob(tx: Transaction, id: string): Promise<JobRow | undefined> {
  const query = tx.tables<JobTables>().selectFrom('kura_jobs').selectAll().where('id', '=', id);
  return (tx.dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}

/** @throws KuraError `jobs.not-found`. */
export async function lockKnownJob(tx: Transaction, id: string): Promise<JobRow> {
  const row = await lockJob(tx, id);
  if (row === undefined) throw new KuraError('not-found', 'jobs.not-found', { params: { id } });
  return row;
}

export interface EndOfRun {
  readonly outcome: RunOutcome;
  readonly error: JobError | null;
  /** For `retry`: milliseconds until the next attempt. */
  readonly delayMs?: number;
  readonly progress?: unknown;
}

/** Ends the current run of a locked, running job: back to the queue or to its final state. */
export async function endRun(deps: RecordDeps, tx: Transaction, row: JobRow, end: EndOfRun): Promise<void> {
  const now = nowInstant(deps.clock);
  const error = end.error === null ? null : JSON.stringify(end.error);
  await tx
    .tables<JobTables>()
    .updateTable('kura_job_runs')
    .set({ ended_at: now, outcome: end.outcome, error })
    .where('job_id', '=', row.id)
    .where('run', '=', row.run)
    .execute();
  const progress = end.progress === undefined ? row.progress : JSON.stringify(end.progress);
  const kept = { ...row, progress, error };
  const final = finalStatus(end.outcome, row);
  if (final === 'queued') await requeue(deps, tx, kept, end);
  else await endJob(deps, tx, kept, final);
}

/** A lost run counts as an attempt: a job that kills its worker must not do so for ever. */
function finalStatus(outcome: RunOutcome, row: JobRow): EndedJob['status'] | 'queued' {
  if (outcome === 'done' || outcome === 'cancelled' || outcome === 'dead') return outcome;
  if (row.cancel_requested === 1) return 'cancelled';
  return outcome === 'lost' && row.attempts >= row.max_attempts ? 'dead' : 'queued';
}

async function requeue(deps: RecordDeps, tx: Transaction, row: JobRow, end: EndOfRun): Promise<void> {
  const delayMs = end.delayMs ?? 0;
  // A program that stops in good order is not the job's failure.
  const attempts = end.outcome === 'released' ? row.attempts - 1 : row.attempts;
  await changeJob(tx, row.id, {
    status: 'queued',
    lease_until: null,
    attempts,
    run_after: instantIn(deps.clock, delayMs),
    progress: row.progress,
    error: row.error,
  });
  await deps.delivery.offer(tx, { id: row.id, name: row.name, priority: row.priority, delayMs });
}

/** The final state of a job, with everything that belongs to it in the same transaction. */
export async function endJob(
  deps: RecordDeps,
  tx: Transaction,
  row: JobRow,
  status: EndedJob['status'],
): Promise<void> {
  await changeJob(tx, row.id, {
    status,
    lease_until: null,
    finished_at: nowInstant(deps.clock),
    progress: row.progress,
    error: row.error,
  });
  await deps.delivery.withdraw(tx, row);
  await deps.ended(tx, { id: row.id, name: row.name, status, error: parseError(row.error) });
}

export async function changeJob(
  tx: Transaction,
  id: string,
  change: Updateable<JobTables['kura_jobs']>,
): Promise<void> {
  await tx.tables<JobTables>().updateTable('kura_jobs').set(change).where('id', '=', id).execute();
}

export function jobError(error: KuraError): JobError {
  return { code: error.code, params: error.params, errorId: error.id };
}

export function instantIn(clock: Clock, delayMs: number): Instant {
  return instant(new Date(clock.now() + delayMs));
}
