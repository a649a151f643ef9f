/** Running a sweep, as a job of the server. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';

const actorSchema = z.object({ kind: z.enum(['user', 'system', 'cli', 'job']), id: z.string(), name: z.string() });

/** One cell after another, each from its checkpoint. */
export const runSweepJob = defineJob({
  name: 'models.run-sweep',
  payload: z.object({ name: z.string(), actor: actorSchema }),
  maxAttempts: 5,
  retrySeconds: 60,
});
