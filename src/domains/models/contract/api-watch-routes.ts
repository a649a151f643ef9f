/** Routes of the watch on the site's answers. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { apiChangeSchema, apiChangeStateSchema, apiImpactSchema, apiWatchStatusSchema } from './api-watch-shapes.ts';

export const readApiWatch = defineRoute({
  id: 'models.read-api-watch',
  method: 'GET',
  path: '/api/v1/models/api-watch',
  access: 'models:read',
  output: apiWatchStatusSchema,
});

/** The last hundred; open ones first, then those seen last. */
export const listApiChanges = defineRoute({
  id: 'models.list-api-changes',
  method: 'GET',
  path: '/api/v1/models/api-watch/changes',
  access: 'models:read',
  query: z.strictObject({
    state: apiChangeStateSchema.optional(),
    endpoint: z.string().max(200).optional(),
    impact: z.array(apiImpactSchema).optional(),
  }),
  output: z.object({ items: z.array(apiChangeSchema).readonly() }),
});

/** From now on answers like this are what is expected, and are learned from again. */
export const acceptApiChange = defineRoute({
  id: 'models.accept-api-change',
  method: 'POST',
  path: '/api/v1/models/api-watch/changes/:id/accept',
  access: 'models:write',
  params: z.strictObject({ id: z.string().min(1).max(100) }),
  output: apiChangeSchema,
  errors: ['models.api-change-not-found'],
});
