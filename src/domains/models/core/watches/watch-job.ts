/** Looking at a saved search, as a job. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';

/** A run that fails is shown with the watch and goes on where it stopped with the next one. */
export const runWatchJob = defineJob({
  name: 'models.run-watch',
  payload: z.object({ watchId: z.string() }),
  maxAttempts: 3,
});
