/** The job of batches as data. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';

/**
 * Wakes the server: it runs every batch whose turn it is, the most urgent first, one after the other. Which one is read
 * from the batches, so that one call too many does no harm.
 */
export const runBatchJob = defineJob({
  name: 'models.run-batch',
  payload: z.object({}),
  maxAttempts: 8,
  leaseSeconds: 30,
});
