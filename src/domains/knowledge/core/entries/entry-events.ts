/** What others can learn about changes of the knowledge base. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { entryStatusSchema, entryTypeSchema, feedbackKindSchema } from '../../contract/index.ts';

/** Who may be told: all who read here, those who write here, or only who has to do with it. */
const audienceSchema = z.enum(['readers', 'writers', 'few']);

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
    audience: audienceSchema.default('readers'),
  }),
});

export const entryRemoved = defineEvent({
  name: 'knowledge.entry-removed',
  schema: z.object({
    id: z.string(),
    title: z.string(),
    type: entryTypeSchema,
    audience: audienceSchema.default('readers'),
  }),
});

/** Somebody asked for a review, published, returned or put an entry away. */
export const entryMoved = defineEvent({
  name: 'knowledge.entry-moved',
  schema: z.object({
    id: z.string(),
    title: z.string(),
    from: entryStatusSchema,
    to: entryStatusSchema,
    by: z.string(),
    note: z.string().nullable(),
    /** User names. */
    owner: z.string().nullable(),
    reviewer: z.string().nullable(),
    audience: audienceSchema,
  }),
});

/** A reader said that an entry did not help, or what is wrong with it. */
export const taskOpened = defineEvent({
  name: 'knowledge.task-opened',
  schema: z.object({
    id: z.string(),
    title: z.string(),
    kind: feedbackKindSchema,
    owner: z.string().nullable(),
    by: z.string(),
    audience: audienceSchema,
  }),
});

/** Somebody asked in a conversation of theirs or ended it; who it was and what they asked is nobody else's business. */
export const conversationChanged = defineEvent({
  name: 'knowledge.conversation-changed',
  schema: z.object({ conversation: z.string(), gone: z.boolean() }),
});

/** The report of the week, which only who curates reads. */
export const curationMade = defineEvent({
  name: 'knowledge.curation-made',
  schema: z.object({ report: z.string() }),
});

/** One batch of an import; single entries would flood whoever listens. */
export const entriesImported = defineEvent({
  name: 'knowledge.entries-imported',
  schema: z.object({ imported: z.number().int(), updated: z.number().int() }),
});
