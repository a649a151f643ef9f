/** What helps to find besides the search itself: suggestions while typing, entries like one, what nobody found. Browser-safe. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entryStatusSchema, entryTypeSchema, idParams } from './entry-shapes.ts';

export const suggestionsSchema = z.object({
  /** Entries with these words in their title, best first. */
  titles: z.array(z.object({ id: z.string(), title: z.string(), type: entryTypeSchema })).readonly(),
  tags: z.array(z.object({ value: z.string(), count: z.number().int() })).readonly(),
  /** Words of entries that begin like the last one typed. */
  words: z.array(z.string()).readonly(),
});
export type Suggestions = z.output<typeof suggestionsSchema>;

/** What is being typed could be. Archived entries are left out, as in a search. */
export const suggestKnowledge = defineRoute({
  id: 'knowledge.suggest',
  method: 'GET',
  path: '/api/v1/knowledge/suggestions',
  access: 'knowledge:read',
  query: z.strictObject({
    q: z.string().max(200),
    limit: z.coerce.number().int().min(1).max(20).default(5),
  }),
  output: suggestionsSchema,
});

export const relatedEntrySchema = z.object({
  id: z.string(),
  externalId: z.string().optional(),
  title: z.string(),
  type: entryTypeSchema,
  status: entryStatusSchema,
  tags: z.array(z.string()).readonly(),
  updatedAt: z.string(),
  /** From 0 to 1: how much of what the entry is about stands there, too; comparable within one answer only. */
  likeness: z.number(),
  /** The words both have, the rarest first. */
  shared: z.array(z.string()).readonly(),
});
export type RelatedEntry = z.output<typeof relatedEntrySchema>;

/** Entries about the same; with `type=incident` similar incidents. None when nothing is near. */
export const relatedEntries = defineRoute({
  id: 'knowledge.related-entries',
  method: 'GET',
  path: '/api/v1/knowledge/entries/:id/related',
  access: 'knowledge:read',
  params: idParams,
  query: z.strictObject({
    type: z.array(entryTypeSchema).optional(),
    limit: z.coerce.number().int().min(1).max(20).default(5),
  }),
  output: z.object({ items: z.array(relatedEntrySchema).readonly() }),
  errors: ['knowledge.entry-not-found'],
});

export const unansweredSchema = z.object({
  /** As last searched for; other spellings of it are counted with it. Never who searched. */
  query: z.string(),
  searches: z.number().int(),
  /** Days, as YYYY-MM-DD. */
  firstOn: z.string(),
  lastOn: z.string(),
});
export type UnansweredSearch = z.output<typeof unansweredSchema>;

/** Searches that found nothing, the most frequent first: what is worth writing. */
export const unansweredSearches = defineRoute({
  id: 'knowledge.unanswered-searches',
  method: 'GET',
  path: '/api/v1/knowledge/unanswered',
  access: 'knowledge:write',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  output: z.object({
    /** Whether such searches are noted at all; see `knowledge.noteUnanswered`. */
    noted: z.boolean(),
    items: z.array(unansweredSchema).readonly(),
  }),
});
