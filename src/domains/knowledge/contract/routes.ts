/** Routes of the knowledge base. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  changedEntrySchema,
  daySchema,
  entrySchema,
  entryStatusSchema,
  entrySummarySchema,
  entryTypeSchema,
  idParams,
  nameSchema,
  newEntrySchema,
  tagSchema,
} from './entry-shapes.ts';
import { searchAnswerSchema, searchQuerySchema } from './search-shapes.ts';

export const searchKnowledge = defineRoute({
  id: 'knowledge.search',
  method: 'GET',
  path: '/api/v1/knowledge/search',
  access: 'knowledge:read',
  query: searchQuerySchema,
  output: searchAnswerSchema,
});

export const listEntries = defineRoute({
  id: 'knowledge.list-entries',
  method: 'GET',
  path: '/api/v1/knowledge/entries',
  access: 'knowledge:read',
  query: z.strictObject({
    type: z.array(entryTypeSchema).optional(),
    /** All of them. */
    tag: z.array(tagSchema).max(20).optional(),
    status: z.array(entryStatusSchema).optional(),
    /** A user name. */
    owner: nameSchema.optional(),
    /** To be reviewed on this day or before. */
    dueBy: daySchema.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    /** `nextCursor` of the page before. */
    cursor: z.string().max(200).optional(),
  }),
  /** Last changed first. */
  output: z.object({ items: z.array(entrySummarySchema), nextCursor: z.string().optional() }),
  errors: ['knowledge.bad-cursor'],
});

/** Also by the id the entry has where it came from. */
export const readEntry = defineRoute({
  id: 'knowledge.read-entry',
  method: 'GET',
  path: '/api/v1/knowledge/entries/:id',
  access: 'knowledge:read',
  params: idParams,
  output: entrySchema,
  errors: ['knowledge.entry-not-found'],
});

export const createEntry = defineRoute({
  id: 'knowledge.create-entry',
  method: 'POST',
  path: '/api/v1/knowledge/entries',
  access: 'knowledge:write',
  body: newEntrySchema,
  output: entrySchema,
  status: 201,
  errors: [
    'knowledge.external-id-taken',
    'knowledge.too-many-words',
    'knowledge.department-missing',
    'knowledge.review-first',
  ],
});

export const updateEntry = defineRoute({
  id: 'knowledge.update-entry',
  method: 'PUT',
  path: '/api/v1/knowledge/entries/:id',
  access: 'knowledge:write',
  params: idParams,
  body: changedEntrySchema,
  output: entrySchema,
  errors: [
    'knowledge.entry-not-found',
    'knowledge.stale-version',
    'knowledge.too-many-words',
    'knowledge.department-missing',
    'knowledge.review-first',
  ],
});

export const removeEntry = defineRoute({
  id: 'knowledge.remove-entry',
  method: 'DELETE',
  path: '/api/v1/knowledge/entries/:id',
  access: 'knowledge:write',
  params: idParams,
  output: z.undefined(),
  status: 204,
  errors: ['knowledge.entry-not-found'],
});
