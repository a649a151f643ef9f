/** The port (P-020): jobs survive the process, run at least once, and only the holder of the lease ends them. */
import type { Instant } from '#kernel/brands';
import type { KuraError, MessageParams } from '#kernel/errors';
import type { Transaction } from '#platform/db';

import type { JobKind } from './job-kind.ts';

/** `queued` waits (also between retries); `dead` used up its attempts or cannot succeed and waits for a person. */
export type JobStatus = 'queued' | 'running' | 'done' | 'dead' | 'cancelled';

export interface EnqueueOptions {
  /** Higher runs first; default 0. Equal ones run in the order of their transactions; within one, pg-boss may swap. */
  readonly priority?: number;
  /** Not before this many milliseconds from now. */
  readonly delayMs?: number;
  /** A second job of the kind with this key is not made as long as the first is on record, however it ended. */
  readonly idempotencyKey?: string;
}

export interface Enqueued {
  readonly id: string;
  /** False when the idempotency key had its job already. */
  readonly isNew: boolean;
}

/** The right to run a job; `run` is the fencing token: it grows with each claim, and only the latest counts. */
export interface JobLease {
  readonly id: string;
  readonly run: number;
  readonly kind: JobKind;
}

export interface ClaimedJob extends JobLease {
  /** As stored; the runtime checks it against the kind before use. */
  readonly payload: unknown;
  /** 1 for the first try; runs ended by a stopping program do not count. */
  readonly attempt: number;
  /** What the run before reported last: where to go on. */
  readonly progress: unknown;
}

export type LeaseStanding = 'held' | 'cancel-requested' | 'lost';

export type JobOutcome =
  | { readonly kind: 'done' | 'cancelled' | 'released' }
  | { readonly kind: 'failed'; readonly error: KuraError };

export interface JobError {
  readonly code: string;
  readonly params: MessageParams;
  /** The id in the log. */
  readonly errorId: string | null;
}

/** What screens show of a job. */
export interface JobView {
  readonly id: string;
  /** Grows with each enqueued job; the cursor of `list`. */
  readonly position: number;
  readonly name: string;
  readonly status: JobStatus;
  readonly payload: unknown;
  readonly priority: number;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly progress: unknown;
  readonly cancelRequested: boolean;
  readonly error: JobError | null;
  readonly createdAt: Instant;
  /** When it may run, or ran; in the future between retries. */
  readonly runAfter: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

/** `lost`: the worker fell silent; `released`: the program stopped in good order; `retry`: failed, to be tried again. */
export type RunOutcome = 'done' | 'retry' | 'dead' | 'cancelled' | 'released' | 'lost';

export interface JobRunView {
  readonly run: number;
  readonly attempt: number;
  readonly worker: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly outcome: RunOutcome | null;
  readonly error: JobError | null;
}

export interface JobFilter {
  readonly name?: string;
  readonly status?: JobStatus;
  /** Only jobs enqueued before this position. */
  readonly before?: number;
  readonly limit: number;
}

export interface ClaimRequest {
  readonly kind: JobKind;
  /** At most so many. */
  readonly limit: number;
}

export interface JobQueue {
  /** The job exists when the transaction commits, and not otherwise. @throws KuraError `jobs.bad-payload`. */
  enqueue<P>(tx: Transaction, kind: JobKind<P>, payload: P, options?: EnqueueOptions): Promise<Enqueued>;
  /** Takes due jobs, each for this worker alone, and starts their leases. */
  claim(requests: readonly ClaimRequest[], worker: string): Promise<readonly ClaimedJob[]>;
  /** Extends the lease and stores progress; `lost` means another has the job or may have it. */
  heartbeat(lease: JobLease, progress?: unknown): Promise<LeaseStanding>;
  /** Reads the standing without writing. */
  standing(lease: JobLease): Promise<LeaseStanding>;
  /** Ends the run. False when the lease was lost: nothing was changed, another run decides. */
  finish(lease: JobLease, outcome: JobOutcome, progress?: unknown): Promise<boolean>;
  /** Gives jobs of silent workers back to the queue, or to the dead when their attempts are used up. Returns how many. */
  recover(): Promise<number>;
  /** Ends a waiting job, asks a running one to stop. @throws KuraError `jobs.not-found`, `jobs.already-ended`. */
  cancel(tx: Transaction, id: string): Promise<void>;
  /** Gives a dead or cancelled job its attempts back. @throws KuraError `jobs.not-found`, `jobs.not-retryable`. */
  retry(tx: Transaction, id: string): Promise<void>;
  /** Forgets ended jobs (dead ones too) and their runs. Returns how many. */
  prune(tx: Transaction, endedBefore: Instant): Promise<number>;
  get(id: string): Promise<JobView | undefined>;
  /** Newest first. */
  list(filter: JobFilter): Promise<readonly JobView[]>;
  /** The attempt history, oldest first. */
  runs(id: string): Promise<readonly JobRunView[]>;
  /** Called after commits of this process that made work. */
  onWork(listener: () => void): Disposable;
}

/**
 * How waiting jobs reach a worker: the seam between the embedded queue and pg-boss. The queue keeps the record (state,
 * lease, attempts, history); a delivery decides which due job comes next and that no two takers get the same.
 * All three run inside the queue's transaction.
 */
export interface JobDelivery {
  /** Makes the job available after the delay, also when it was before. */
  offer(tx: Transaction, job: OfferedJob): Promise<void>;
  /** Ids of due jobs of the kind, by priority, then in order; locked for this transaction. */
  take(tx: Transaction, name: string, limit: number): Promise<readonly string[]>;
  /** The job will not be wanted any more. */
  withdraw(tx: Transaction, job: { readonly id: string; readonly name: string }): Promise<void>;
}

export interface OfferedJob {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly delayMs: number;
}

/** Something to do in the transaction that ends a job for good: publish an event, write an audit record. */
export type JobEndedHook = (tx: Transaction, job: EndedJob) => Promise<void>;

export interface EndedJob {
  readonly id: string;
  readonly name: string;
  readonly status: 'done' | 'dead' | 'cancelled';
  readonly error: JobError | null;
}
