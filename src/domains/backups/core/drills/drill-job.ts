import { z } from 'zod';

import { defineJob, type JobKind } from '#platform/jobs';

import { contentChecksSchema } from '../../contract/index.ts';

/** One attempt only: a drill that was killed is on record as such, and its plan begins another one. */
export const runDrillJob = defineJob({
  name: 'backups.run-drill',
  payload: z.strictObject({
    drill: z.uuid(),
    files: z.number().int(),
    seed: z.string().optional(),
    checks: contentChecksSchema,
    rtoTargetSeconds: z.number().nullable(),
    rpoTargetSeconds: z.number().nullable(),
  }),
  maxAttempts: 1,
});

/** Each hour: due tests, late tickets, canary files. */
export const watchTestsJob = defineJob({
  name: 'backups.watch-tests',
  payload: z.strictObject({}),
  maxAttempts: 1,
});

export const proofJobs: readonly JobKind[] = [runDrillJob, watchTestsJob];
