/** The contract every job queue must keep, as a test suite. */
export { type JobQueueSubject, jobQueueKit, type OpenJobQueue } from './job-queue-kit.ts';
