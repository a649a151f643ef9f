/** What watches tell browsers and the other domains. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { watchOutcomeSchema } from '../../contract/index.ts';

/** A watch has looked; `found` are those new since its last run, `unseen` all nobody has looked at yet. */
export const watchRan = defineEvent({
  name: 'models.watch-ran',
  schema: z.object({
    watchId: z.string(),
    name: z.string(),
    outcome: watchOutcomeSchema,
    found: z.number().int(),
    unseen: z.number().int(),
  }),
});
