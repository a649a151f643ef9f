/** What others can learn about canary files. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { jobKeySchema } from '../../contract/index.ts';

/** A file that nobody has a reason to touch is not what it was: somebody, or something, is at the protected files. */
export const canaryChanged = defineEvent({
  name: 'backups.canary-changed',
  schema: z.object({
    job: jobKeySchema,
    title: z.string(),
    canaryId: z.string(),
    path: z.string(),
    state: z.enum(['changed', 'missing']),
  }),
});

/** It is as it was again, or nobody watches it any more. */
export const canarySettled = defineEvent({
  name: 'backups.canary-settled',
  schema: z.object({ job: jobKeySchema, title: z.string(), canaryId: z.string(), path: z.string() }),
});
