/** How collections are getting on, for browsers and the other domains. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { collectionStatusSchema } from '../../contract/index.ts';

/** A page was kept, or the status changed. */
export const collectionProgressed = defineEvent({
  name: 'models.collection-progressed',
  schema: z.object({
    collectionId: z.string(),
    purpose: z.enum(['collect', 'sweep', 'watch']),
    /** Id of the sweep or watch; empty for people's own. */
    owner: z.string(),
    status: collectionStatusSchema,
    pages: z.number().int(),
    models: z.number().int(),
    versions: z.number().int(),
  }),
});
