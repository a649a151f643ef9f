/** Routes of the search history. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { runKindSchema, searchRunSchema } from './history-shapes.ts';

export const listHistory = defineRoute({
  id: 'models.list-history',
  method: 'GET',
  path: '/api/v1/models/history',
  access: 'models:read',
  query: z.strictObject({
    kind: runKindSchema.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: z.string().max(200).optional(),
  }),
  /** Newest first. */
  output: z.object({ items: z.array(searchRunSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['models.bad-cursor'],
});

export const readHistory = defineRoute({
  id: 'models.read-history',
  method: 'GET',
  path: '/api/v1/models/history/:id',
  access: 'models:read',
  params: z.strictObject({ id: z.uuid() }),
  output: searchRunSchema,
  errors: ['models.history-not-found'],
});
