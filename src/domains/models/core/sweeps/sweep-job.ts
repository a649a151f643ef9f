/** Running a sweep, as a job of the server. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';
import { actorSchema } from '../actor.ts';

/** One cell after another, each from its checkpoint. */
export const runSweepJob = defineJob({
  name: 'models.run-sweep',
  payload: z.object({ name: z.string(), actor: actorSchema }),
  maxAttempts: 5,
  retrySeconds: 60,
});
