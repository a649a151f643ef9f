/** Entries that say the same: found before saving, and joined. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  bodySchema,
  entryIdSchema,
  entrySchema,
  entryStatusSchema,
  entryTypeSchema,
  idParams,
  noteSchema,
  unsavedFields,
  versionSchema,
} from './entry-shapes.ts';

const likelyDuplicateSchema = z.object({
  id: z.string(),
  title: z.string(),
  type: entryTypeSchema,
  status: entryStatusSchema,
  updatedAt: z.string(),
  /** From 0 to 1: how much of the shorter text stands in the other one, by pairs of what stands side by side. */
  similarity: z.number(),
});
export type LikelyDuplicate = z.output<typeof likelyDuplicateSchema>;

/** Entries that probably say the same as what somebody is about to save; none of what the caller may not see. */
export const findDuplicates = defineRoute({
  id: 'knowledge.find-duplicates',
  method: 'POST',
  path: '/api/v1/knowledge/duplicates',
  access: 'knowledge:read',
  body: z.strictObject(unsavedFields),
  output: z.object({ items: z.array(likelyDuplicateSchema).readonly() }),
});

/** The duplicate leads to the entry from then on; links and voices go over, tags are those of both. */
export const mergeEntries = defineRoute({
  id: 'knowledge.merge-entries',
  method: 'POST',
  path: '/api/v1/knowledge/entries/:id/merges',
  access: 'knowledge:write',
  params: idParams,
  body: z.strictObject({
    /** Id of the entry that is joined with this one. */
    duplicate: entryIdSchema,
    /** Of this one, as it was read. */
    version: versionSchema,
    /** What the text says afterwards; without it, the duplicate's text stands behind, under its title. */
    body: bodySchema.optional(),
    note: noteSchema.optional(),
  }),
  output: entrySchema,
  errors: [
    'knowledge.entry-not-found',
    'knowledge.stale-version',
    'knowledge.merge-with-itself',
    'knowledge.merge-opens',
    'knowledge.review-first',
    'knowledge.too-many-words',
  ],
});
