import { z } from 'zod';

import { changeKinds, impacts } from '#engines/civitai';
import { defineEvent } from '#platform/events';

/** An answer of the site changed so that Kura can do less with it; published when it is seen for the first time. */
export const apiChanged = defineEvent({
  name: 'models.api-changed',
  schema: z.object({
    changeId: z.string(),
    endpoint: z.string(),
    kind: z.enum(changeKinds),
    path: z.string(),
    was: z.string(),
    now: z.string(),
    impact: z.enum(impacts),
  }),
});
