/** A kind of job as data: what it is called, what it carries, how often and how long it is tried. */
import type { ZodType } from 'zod';

import { KuraError } from '#kernel/errors';

export interface JobKind<Payload = unknown> {
  /** `module.verb-noun`. */
  readonly name: string;
  readonly payload: ZodType<Payload>;
  /** How many run at once in one worker process. */
  readonly concurrency: number;
  /** Runs that may fail or be lost before the job is dead. */
  readonly maxAttempts: number;
  /** How long a worker may be silent before the job is given to another. */
  readonly leaseSeconds: number;
  /** The first retry waits up to this long, each further one up to twice as long, at most 15 minutes. */
  readonly retrySeconds: number;
}

export type JobKindOptions<Payload> = Pick<JobKind<Payload>, 'name' | 'payload'> & Partial<JobKind<Payload>>;

/** Defaults: one at a time, 5 attempts, 60 s lease, retries from 5 s on. */
export function defineJob<Payload>(options: JobKindOptions<Payload>): JobKind<Payload> {
  if (!/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(options.name)) throw new RangeError(`not a job name: ${options.name}`);
  return { concurrency: 1, maxAttempts: 5, leaseSeconds: 60, retrySeconds: 5, ...options };
}

/** @throws KuraError `jobs.bad-payload`: on enqueueing a fault of the caller, on running a job of an older program. */
export function checkPayload<Payload>(kind: JobKind<Payload>, payload: unknown): Payload {
  const checked = kind.payload.safeParse(payload);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const reason = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  throw new KuraError('invalid', 'jobs.bad-payload', { params: { job: kind.name, reason }, cause: checked.error });
}
