/** The runtime of workers: claims due jobs within each kind's concurrency, runs them, stops in good order (P-008). */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { checkPayload, type JobKind } from './job-kind.ts';
import type { ClaimedJob, JobQueue } from './job-queue.ts';
import { type JobContext, type JobHandler, type JobProgress, runJob } from './job-run.ts';

/** A kind with its handler, the payload's type forgotten; made by `handleJob` only. */
export interface HandledJob {
  readonly kind: JobKind;
  readonly handler: JobHandler<unknown>;
  /** How many run at once here, where a setting decides it instead of the kind; asked for at each claim. */
  readonly concurrency?: () => number;
}

export function handleJob<Payload>(
  kind: JobKind<Payload>,
  handler: JobHandler<Payload>,
  concurrency?: () => number,
): HandledJob {
  return {
    kind,
    ...(concurrency === undefined ? {} : { concurrency }),
    handler: async (context) => handler({ ...context, payload: checkPayload(kind, context.payload) }),
  };
}

export interface JobWorkersOptions {
  readonly queue: JobQueue;
  readonly handled: readonly HandledJob[];
  readonly clock: Clock;
  /** Name of this worker in the run log, e.g. host and process id. */
  readonly worker: string;
  /** What goes wrong around jobs (not in them): the database away, a lease that cannot be renewed. */
  readonly reportError: (error: unknown) => void;
  /** Hears how the jobs that run here get on. */
  readonly onProgress?: (progress: JobProgress) => void;
  /** How often to look for work that another process enqueued or that came due; default 1000. */
  readonly pollMs?: number;
}

export interface JobWorkers extends AsyncDisposable {
  /** Jobs running here now. */
  readonly running: number;
  /**
   * Claims nothing more, asks running jobs to checkpoint, waits for them up to `graceMs` (default 20 s) and gives the
   * rest back to the queue.
   */
  stop(graceMs?: number): Promise<void>;
}

/** @throws RangeError when two handlers claim the same kind. */
export function startJobWorkers(options: JobWorkersOptions): JobWorkers {
  const names = options.handled.map(({ kind }) => kind.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(`two handlers for ${twice}`);
  return new Workers(options);
}

class Workers implements JobWorkers {
  readonly #options: JobWorkersOptions;
  readonly #running = new Map<ClaimedJob, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #subscription: Disposable;
  readonly #loop: Promise<void>;
  #wake = new AbortController();

  constructor(options: JobWorkersOptions) {
    this.#options = options;
    this.#subscription = options.queue.onWork(() => {
      this.#wake.abort();
    });
    this.#loop = this.#work();
  }

  get running(): number {
    return this.#running.size;
  }

  async stop(graceMs: number = 20 * SECOND): Promise<void> {
    this.#subscription[Symbol.dispose]();
    this.#stopping.abort(new KuraError('interrupted', 'jobs.stopping'));
    this.#wake.abort();
    await this.#loop;
    const over = new AbortController();
    const all = Promise.all(this.#running.values());
    await Promise.race([all, sleep(graceMs, undefined, { signal: over.signal }).catch(() => {})]);
    over.abort();
    // Whoever did not heed the signal loses the lease here and cannot end the job any more.
    for (const job of this.#running.keys()) await this.#giveBack(job);
  }

  async #giveBack(job: ClaimedJob): Promise<void> {
    try {
      await this.#options.queue.finish(job, { kind: 'released' });
    } catch (error) {
      // The lease runs out instead; stopping must not fail on it.
      this.#options.reportError(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #work(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController();
      try {
        await this.#options.queue.recover();
        const jobs = await this.#options.queue.claim(this.#freeSlots(), this.#options.worker);
        for (const job of jobs) this.#start(job);
      } catch (error) {
        this.#options.reportError(error);
      }
      await this.#pause();
    }
  }

  async #pause(): Promise<void> {
    const signal = AbortSignal.any([this.#wake.signal, this.#stopping.signal]);
    await sleep(this.#options.pollMs ?? SECOND, undefined, { signal }).catch(() => {});
  }

  #freeSlots(): { readonly kind: JobKind; readonly limit: number }[] {
    const running = [...this.#running.keys()];
    return this.#options.handled.map(({ kind, concurrency }) => {
      const wanted = concurrency?.() ?? kind.concurrency;
      return { kind, limit: Math.max(0, wanted - running.filter((job) => job.kind.name === kind.name).length) };
    });
  }

  #start(job: ClaimedJob): void {
    const running = this.#run(job).finally(() => {
      this.#running.delete(job);
      this.#wake.abort();
    });
    this.#running.set(job, running);
  }

  async #run(job: ClaimedJob): Promise<void> {
    const { queue, clock, handled, reportError, onProgress } = this.#options;
    const handler = handled.find(({ kind }) => kind.name === job.kind.name)?.handler ?? neverClaimed;
    try {
      await runJob({ queue, clock, job, handler, stopping: this.#stopping.signal, reportError, onProgress });
    } catch (error) {
      // The end could not be recorded; the lease runs out and the job is taken up again.
      reportError(error);
    }
  }
}

async function neverClaimed({ id }: JobContext<unknown>): Promise<void> {
  throw new Error(`job ${id} was claimed without a handler`);
}
