/** The jobs of the models domain as data. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';
import { actorSchema } from '../actor.ts';

const downloadPayloadSchema = z.object({ downloadId: z.string(), actor: actorSchema });
export type DownloadJobPayload = z.output<typeof downloadPayloadSchema>;

/** One file. Goes on where the part ends; a killed server gives it to the next one when its lease is over. */
export const downloadFileJob = defineJob({
  name: 'models.download-file',
  payload: downloadPayloadSchema,
  concurrency: 2,
  maxAttempts: 8,
  leaseSeconds: 30,
  retrySeconds: 5,
});

export const verifyLibraryJob = defineJob({
  name: 'models.verify-library',
  /** Without ids: everything. */
  payload: z.object({ ids: z.array(z.string()).optional(), actor: actorSchema }),
  maxAttempts: 3,
});

export const repairFileJob = defineJob({
  name: 'models.repair-file',
  payload: z.object({ id: z.string(), actor: actorSchema }),
  maxAttempts: 3,
});
