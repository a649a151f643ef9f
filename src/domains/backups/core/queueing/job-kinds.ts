/** What the queue may do for backups. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';

import { copyNameSchema, jobKeySchema, verificationKindSchema } from '../../contract/index.ts';

const place = { job: jobKeySchema, copy: copyNameSchema };

/** One backup of one copy. Two at a time could be two copies on one disk, so one. */
export const runCopyJob = defineJob({
  name: 'backups.run-copy',
  payload: z.strictObject(place),
  maxAttempts: 3,
  retrySeconds: 60,
});

export const verifyCopyJob = defineJob({
  name: 'backups.verify-copy',
  payload: z.strictObject({ ...place, kind: verificationKindSchema }),
  maxAttempts: 3,
  retrySeconds: 60,
});

/** Looks once an hour whether time or a missing medium changed a verdict, and queues itself for the next hour. */
export const sweepVerdictsJob = defineJob({
  name: 'backups.sweep-verdicts',
  /** Hours since the Unix epoch. */
  payload: z.strictObject({ hour: z.number().int() }),
});

/** Looks every five minutes for runs that did not come, and queues itself for the next time. */
export const watchRunsJob = defineJob({
  name: 'backups.watch-runs',
  /** Five minutes since the Unix epoch. */
  payload: z.strictObject({ slot: z.number().int() }),
});
