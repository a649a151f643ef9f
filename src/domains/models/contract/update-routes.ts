/** Route of the updates. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { modelUpdatesSchema } from './update-shapes.ts';

/** Asks the site once per hundred models of the library. */
export const listUpdates = defineRoute({
  id: 'models.list-updates',
  method: 'GET',
  path: '/api/v1/models/updates',
  access: 'models:read',
  query: z.strictObject({
    /** Models per answer. */
    limit: z.coerce.number().int().min(1).max(500).default(100),
    /** `nextCursor` of the answer before. */
    cursor: z.coerce.number().int().min(0).optional(),
  }),
  output: z.object({ items: z.array(modelUpdatesSchema).readonly(), nextCursor: z.string().optional() }),
});
