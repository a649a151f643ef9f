/** The jobs around collections as data. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';
import { actorSchema } from '../actor.ts';

/** Reads a collection to its end from its checkpoint. The site is asked one page at a time, so one runs at once. */
export const collectModelsJob = defineJob({
  name: 'models.collect-models',
  payload: z.object({ collectionId: z.string(), actor: actorSchema }),
  maxAttempts: 8,
  retrySeconds: 30,
});
