/** The queue of entries that may say the same (K-010): found by the house, judged by people. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entryIdSchema, namedEntrySchema, noteSchema } from './entry-shapes.ts';

export const duplicateStates = ['pending', 'confirmed', 'dismissed'] as const;
export const duplicateStateSchema = z.enum(duplicateStates);
export type DuplicateState = z.output<typeof duplicateStateSchema>;

/** `identical`: title and text are the same but for spelling. `neighbours`: they share letters or words that stand side by side. */
export const duplicateMethods = ['identical', 'neighbours'] as const;
export type DuplicateMethod = (typeof duplicateMethods)[number];

const pairEndSchema = namedEntrySchema.extend({ updatedAt: z.string(), version: z.number().int() });

const duplicatePairSchema = z.object({
  one: pairEndSchema,
  other: pairEndSchema,
  /** From 0 to 1, as it was when the pair was found. */
  similarity: z.number(),
  method: z.enum(duplicateMethods),
  foundAt: z.string(),
  state: duplicateStateSchema,
  judgedAt: z.string().nullable(),
  judgedBy: z.string().nullable(),
  note: z.string().nullable(),
});
export type DuplicatePair = z.output<typeof duplicatePairSchema>;

/** Entries in one look: a second or two of work. */
const mostPerLook = 100;

/** The most similar first; pairs of which the caller may see both. */
export const listDuplicatePairs = defineRoute({
  id: 'knowledge.list-duplicate-pairs',
  method: 'GET',
  path: '/api/v1/knowledge/duplicate-pairs',
  access: 'knowledge:write',
  query: z.strictObject({
    state: duplicateStateSchema.default('pending'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.object({ items: z.array(duplicatePairSchema).readonly() }),
});

/** A dismissed pair does not come back by itself; `pending` puts it back. Joining the two is `knowledge.merge-entries`. */
export const judgeDuplicatePair = defineRoute({
  id: 'knowledge.judge-duplicate-pair',
  method: 'PUT',
  path: '/api/v1/knowledge/duplicate-pairs/:one/:other',
  access: 'knowledge:write',
  params: z.strictObject({ one: entryIdSchema, other: entryIdSchema }),
  body: z.strictObject({ state: duplicateStateSchema, note: noteSchema.optional() }),
  output: duplicatePairSchema,
  errors: ['knowledge.duplicate-pair-not-found'],
});

/**
 * Looks at entries changed since the last look, oldest first, a bounded number at a time: asked again while some are left,
 * it shows how far it is. The same is done every night.
 */
export const lookForDuplicates = defineRoute({
  id: 'knowledge.look-for-duplicates',
  method: 'POST',
  path: '/api/v1/knowledge/duplicate-pairs/looks',
  access: 'knowledge:write',
  query: z.strictObject({ most: z.coerce.number().int().min(1).max(mostPerLook).default(mostPerLook) }),
  output: z.object({
    /** Entries looked at now. */
    looked: z.number().int(),
    /** Entries that changed and are still to be looked at. */
    left: z.number().int(),
  }),
});
