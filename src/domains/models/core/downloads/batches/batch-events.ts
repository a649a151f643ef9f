/** How batches are getting on, for browsers and the other domains. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { batchStatusSchema, batchTallySchema } from '../../../contract/batch-shapes.ts';

/** Its status changed. */
export const batchProgressed = defineEvent({
  name: 'models.batch-progressed',
  schema: z.object({ batchId: z.string(), status: batchStatusSchema, tally: batchTallySchema }),
});
