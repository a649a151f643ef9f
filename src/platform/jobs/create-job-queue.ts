/** The queue over its record and a delivery: everything the port promises that does not depend on the delivery. */
import type { Instant } from '#kernel/brands';
import { type Clock, nowInstant, type Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { createIdSource } from '#kernel/ids';
import { SECOND } from '#kernel/units';
import type { Database, Transaction } from '#platform/db';
import { claimJobs } from './claim-jobs.ts';
import { checkPayload, type JobKind } from './job-kind.ts';
import type {
  Enqueued,
  EnqueueOptions,
  JobDelivery,
  JobEndedHook,
  JobLease,
  JobOutcome,
  JobQueue,
  LeaseStanding,
} from './job-queue.ts';
import { createJobReads } from './job-reads.ts';
import { changeJob, type EndOfRun, endJob, endRun, instantIn, jobError, lockJob, lockKnownJob } from './job-records.ts';
import type { JobRow, JobTables } from './job-tables.ts';
import { announceWork, type QueueDeps } from './queue-deps.ts';
import { retryDelay } from './retry-delay.ts';

export interface JobQueueOptions {
  readonly database: Database;
  readonly delivery: JobDelivery;
  readonly clock: Clock;
  readonly random: Random;
  readonly ended?: JobEndedHook;
}

export function createJobQueue(options: JobQueueOptions): JobQueue {
  const { database, clock, random, ended = async () => {} } = options;
  const deps: QueueDeps = { ...options, ended, ids: createIdSource(clock, random), listeners: new Set() };
  return {
    enqueue: (tx, kind, payload, enqueueOptions) => enqueue(deps, tx, { kind, payload, options: enqueueOptions ?? {} }),
    claim: (requests, worker) => claimJobs(deps, requests, worker),
    heartbeat: (lease, progress) => heartbeat(deps, lease, progress),
    standing: (lease) => standing(deps, lease),
    finish: (lease, outcome, progress) => finish(deps, lease, outcome, progress),
    recover: () => recover(deps),
    cancel: (tx, id) => cancel(deps, tx, id),
    retry: (tx, id) => retry(deps, tx, id),
    prune,
    ...createJobReads(database),
    onWork: (listener) => {
      deps.listeners.add(listener);
      return { [Symbol.dispose]: () => deps.listeners.delete(listener) };
    },
  };
}

interface EnqueueRequest<P> {
  readonly kind: JobKind<P>;
  readonly payload: P;
  readonly options: EnqueueOptions;
}

async function enqueue<P>(deps: QueueDeps, tx: Transaction, request: EnqueueRequest<P>): Promise<Enqueued> {
  const { kind, payload, options } = request;
  const { priority = 0, delayMs = 0, idempotencyKey = null } = options;
  checkPayload(kind, payload);
  const made = await tx
    .tables<JobTables>()
    .insertInto('kura_jobs')
    .values({
      id: deps.ids.next(),
      name: kind.name,
      status: 'queued',
      payload: JSON.stringify(payload),
      priority,
      idempotency_key: idempotencyKey,
      run_after: instantIn(deps.clock, delayMs),
      attempts: 0,
      max_attempts: kind.maxAttempts,
      run: 0,
      cancel_requested: 0,
      created_at: nowInstant(deps.clock),
      lease_until: null,
      progress: null,
      error: null,
      started_at: null,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.columns(['name', 'idempotency_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) return { id: await existing(tx, kind.name, idempotencyKey), isNew: false };
  await deps.delivery.offer(tx, { id: made.id, name: kind.name, priority, delayMs });
  announceWork(deps, tx);
  return { id: made.id, isNew: true };
}

async function existing(tx: Transaction, name: string, idempotencyKey: string | null): Promise<string> {
  const query = tx.tables<JobTables>().selectFrom('kura_jobs').select('id').where('name', '=', name);
  return (await query.where('idempotency_key', '=', idempotencyKey).executeTakeFirstOrThrow()).id;
}

async function heartbeat(deps: QueueDeps, lease: JobLease, progress: unknown): Promise<LeaseStanding> {
  return deps.database.transaction(
    async (tx) => {
      const held = await tx
        .tables<JobTables>()
        .updateTable('kura_jobs')
        .set({
          lease_until: instantIn(deps.clock, lease.kind.leaseSeconds * SECOND),
          ...(progress === undefined ? {} : { progress: JSON.stringify(progress) }),
        })
        .where('id', '=', lease.id)
        .where('run', '=', lease.run)
        .where('status', '=', 'running')
        .returning('cancel_requested')
        .executeTakeFirst();
      return standingOf(held);
    },
    { isolation: 'read-committed' },
  );
}

async function standing({ database }: QueueDeps, { id, run }: JobLease): Promise<LeaseStanding> {
  const query = database
    .tables<JobTables>()
    .selectFrom('kura_jobs')
    .select('cancel_requested')
    .where('id', '=', id)
    .where('run', '=', run);
  return standingOf(await query.where('status', '=', 'running').executeTakeFirst());
}

function standingOf(held: { readonly cancel_requested: number } | undefined): LeaseStanding {
  if (held === undefined) return 'lost';
  return held.cancel_requested === 1 ? 'cancel-requested' : 'held';
}

async function finish(deps: QueueDeps, lease: JobLease, outcome: JobOutcome, progress: unknown): Promise<boolean> {
  return deps.database.transaction(
    async (tx) => {
      const row = await lockJob(tx, lease.id);
      if (row?.status !== 'running' || row.run !== lease.run) return false;
      await endRun(deps, tx, row, { ...endOf(deps, lease.kind, row, outcome), progress });
      announceWork(deps, tx);
      return true;
    },
    { isolation: 'read-committed' },
  );
}

function endOf(deps: QueueDeps, kind: JobKind, row: JobRow, outcome: JobOutcome): EndOfRun {
  if (outcome.kind !== 'failed') return { outcome: outcome.kind, error: null };
  const error = jobError(outcome.error);
  const delayMs = retryDelay(kind, row.attempts, outcome.error, deps.random);
  return delayMs === undefined ? { outcome: 'dead', error } : { outcome: 'retry', error, delayMs };
}

async function recover(deps: QueueDeps): Promise<number> {
  const silent = await deps.database
    .tables<JobTables>()
    .selectFrom('kura_jobs')
    .select(['id', 'run'])
    .where('status', '=', 'running')
    .where('lease_until', '<', nowInstant(deps.clock))
    .execute();
  let recovered = 0;
  for (const { id, run } of silent) {
    if (await deps.database.transaction((tx) => recoverOne(deps, tx, id, run), { isolation: 'read-committed' })) {
      recovered += 1;
    }
  }
  return recovered;
}

async function recoverOne(deps: QueueDeps, tx: Transaction, id: string, run: number): Promise<boolean> {
  const row = await lockJob(tx, id);
  const isSilent = row?.status === 'running' && row.run === run && (row.lease_until ?? '') < nowInstant(deps.clock);
  if (!isSilent) return false;
  const error = { code: 'jobs.worker-lost', params: {}, errorId: null };
  await endRun(deps, tx, row, { outcome: 'lost', error });
  announceWork(deps, tx);
  return true;
}

async function cancel(deps: QueueDeps, tx: Transaction, id: string): Promise<void> {
  const row = await lockKnownJob(tx, id);
  if (row.status === 'queued') await endJob(deps, tx, row, 'cancelled');
  else if (row.status === 'running') await changeJob(tx, id, { cancel_requested: 1 });
  else throw new KuraError('conflict', 'jobs.already-ended', { params: { id, status: row.status } });
}

async function retry(deps: QueueDeps, tx: Transaction, id: string): Promise<void> {
  const row = await lockKnownJob(tx, id);
  if (row.status !== 'dead' && row.status !== 'cancelled') {
    throw new KuraError('conflict', 'jobs.not-retryable', { params: { id, status: row.status } });
  }
  const fresh = { attempts: 0, cancel_requested: 0, error: null, finished_at: null };
  await changeJob(tx, id, { ...fresh, status: 'queued', run_after: nowInstant(deps.clock) });
  await deps.delivery.offer(tx, { id, name: row.name, priority: row.priority, delayMs: 0 });
  announceWork(deps, tx);
}

async function prune(tx: Transaction, endedBefore: Instant): Promise<number> {
  const ended = tx.tables<JobTables>().deleteFrom('kura_jobs').where('finished_at', '<', endedBefore);
  const { numDeletedRows } = await ended.where('status', 'in', ['done', 'dead', 'cancelled']).executeTakeFirst();
  return Number(numDeletedRows);
}
