/** One run of one job: keeps the lease, passes on cancellation, and reports how it ended. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock } from '#kernel/clock';
import { isKuraError, KuraError, toKuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import type { ClaimedJob, JobOutcome, JobQueue, LeaseStanding } from './job-queue.ts';

export interface JobContext<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** 1 for the first try. */
  readonly attempt: number;
  /** What the run before reported last, or null: where to go on. */
  readonly progress: unknown;
  /** Aborts on cancellation, when the program stops, and when the lease is lost; the reason is a KuraError. */
  readonly signal: AbortSignal;
  /** Stored within a second and again at the end of the run; the next run and the screens see it. JSON only. */
  readonly report: (progress: unknown) => void;
}

/** Must be repeatable: after a crash the job runs again from its last reported progress. */
export type JobHandler<Payload> = (context: JobContext<Payload>) => Promise<void>;

/** How a job stands, for whoever looks on. */
export interface JobProgress {
  readonly id: string;
  readonly kind: string;
  readonly state: 'running' | 'ended';
  /** As last reported; null before the first report. */
  readonly progress: unknown;
}

export interface RunJob {
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly job: ClaimedJob;
  readonly handler: JobHandler<unknown>;
  /** Aborts when the program stops. */
  readonly stopping: AbortSignal;
  readonly reportError: (error: unknown) => void;
  /** Hears of progress when it is stored, at most each second, and of the end of the run. */
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
}

export async function runJob(options: RunJob): Promise<void> {
  const { queue, job, stopping } = options;
  const watch = new LeaseWatch(options);
  const watching = watch.run();
  const signal = AbortSignal.any([stopping, watch.signal]);
  const outcome = await attemptJob(options, signal, watch);
  watch.end();
  await watching;
  if (watch.isLost) return;
  await queue.finish(job, outcome, watch.latest);
  tell(options, 'ended', watch.latest);
}

function tell({ job, onProgress }: RunJob, state: JobProgress['state'], progress: unknown): void {
  onProgress?.({ id: job.id, kind: job.kind.name, state, progress: progress ?? null });
}

async function attemptJob({ job, handler }: RunJob, signal: AbortSignal, watch: LeaseWatch): Promise<JobOutcome> {
  try {
    const { id, payload, attempt, progress } = job;
    await handler({ id, payload, attempt, progress, signal, report: (value) => watch.report(value) });
    return { kind: 'done' };
  } catch (error) {
    return outcomeOf(error, signal);
  }
}

/** What a handler throws after its signal aborted is the echo of the abort, whatever it looks like. */
function outcomeOf(error: unknown, signal: AbortSignal): JobOutcome {
  if (!signal.aborted) return { kind: 'failed', error: toKuraError(error) };
  const isCancelled = isKuraError(signal.reason) && signal.reason.code === 'jobs.cancelled';
  return { kind: isCancelled ? 'cancelled' : 'released' };
}

/** Looks at the lease each second, extends it in good time, and writes progress along with it. */
class LeaseWatch {
  readonly #options: RunJob;
  readonly #abort = new AbortController();
  readonly #ended = new AbortController();
  readonly #leaseMs: number;
  #renewedAt: number;
  #reported: { readonly progress: unknown; stored: boolean } | undefined;
  #lost = false;

  constructor(options: RunJob) {
    this.#options = options;
    this.#leaseMs = options.job.kind.leaseSeconds * SECOND;
    this.#renewedAt = options.clock.monotonic();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get isLost(): boolean {
    return this.#lost;
  }

  get latest(): unknown {
    return this.#reported?.progress;
  }

  report(progress: unknown): void {
    this.#reported = { progress, stored: false };
  }

  end(): void {
    this.#ended.abort();
  }

  async run(): Promise<void> {
    const everyMs = Math.min(SECOND, this.#leaseMs / 4);
    while (await pause(everyMs, this.#ended.signal)) await this.#look();
  }

  async #look(): Promise<void> {
    try {
      this.#heed(await this.#standing());
    } catch (error) {
      this.#options.reportError(error);
      // Nobody renewed: another worker may have the job by now, so this one must stop.
      if (this.#age() > this.#leaseMs) this.#heed('lost');
    }
  }

  async #standing(): Promise<LeaseStanding> {
    const { queue, job } = this.#options;
    const news = this.#reported;
    if (news?.stored !== false && this.#age() < this.#leaseMs / 3) return queue.standing(job);
    const standing = await queue.heartbeat(job, news?.progress);
    this.#renewedAt = this.#options.clock.monotonic();
    if (news?.stored === false) tell(this.#options, 'running', news.progress);
    if (news !== undefined) news.stored = true;
    return standing;
  }

  #age(): number {
    return this.#options.clock.monotonic() - this.#renewedAt;
  }

  #heed(standing: LeaseStanding): void {
    if (standing === 'held') return;
    this.#lost ||= standing === 'lost';
    this.#abort.abort(new KuraError('interrupted', this.#lost ? 'jobs.lease-lost' : 'jobs.cancelled'));
  }
}

/** True after the pause, false when ended before. */
async function pause(ms: number, ended: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: ended });
    return true;
  } catch {
    return false;
  }
}
