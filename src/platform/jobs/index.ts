/**
 * Durable jobs (P-020): enqueued in the transaction of the change that causes them, run at least once, resumed from
 * their last progress. The embedded queue needs only the database; pg-boss delivers on PostgreSQL (#adapters/pg-boss).
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createJobQueue, type JobQueueOptions } from './create-job-queue.ts';
export { createEmbeddedDelivery } from './embedded-delivery.ts';
export { defineJob, type JobKind, type JobKindOptions } from './job-kind.ts';
export type {
  ClaimedJob,
  ClaimRequest,
  EndedJob,
  Enqueued,
  EnqueueOptions,
  JobDelivery,
  JobEndedHook,
  JobError,
  JobFilter,
  JobLease,
  JobOutcome,
  JobQueue,
  JobRunView,
  JobStatus,
  JobView,
  LeaseStanding,
  OfferedJob,
  RunOutcome,
} from './job-queue.ts';
export type { JobContext, JobHandler, JobProgress } from './job-run.ts';
export { jobMigrations } from './job-tables.ts';
export { type HandledJob, handleJob, type JobWorkers, type JobWorkersOptions, startJobWorkers } from './job-workers.ts';
export { createLeaseProbe } from './lease-probe.ts';
export const jobsMessages: Catalogues = { en, ja };
