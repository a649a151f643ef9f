/** What others can learn about changes of the knowledge base. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { entryStatusSchema, entryTypeSchema } from '../../contract/index.ts';

/** An entry was written, by a person or by another part of Kura; searchable from the same moment. */
export const entrySaved = defineEvent({
  name: 'knowledge.entry-saved',
  schema: z.object({
    id: z.string(),
    title: z.string(),
    type: entryTypeSchema,
    status: entryStatusSchema,
    version: z.number().int(),
    /** Whether it is new. */
    created: z.boolean(),
  }),
});

export const entryRemoved = defineEvent({
  name: 'knowledge.entry-removed',
  schema: z.object({ id: z.string(), title: z.string(), type: entryTypeSchema }),
});

/** One batch of an import; single entries would flood whoever listens. */
export const entriesImported = defineEvent({
  name: 'knowledge.entries-imported',
  schema: z.object({ imported: z.number().int(), updated: z.number().int() }),
});
