/** Routes over all accounts at once: who is logged in, which keys there are. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { keySchema, sessionSchema } from './shapes.ts';

const ownerSchema = z.object({ id: z.string(), username: z.string(), active: z.boolean() });
export type OwnerView = z.output<typeof ownerSchema>;

const limitSchema = z.coerce.number().int().min(1).max(500).default(200);

/** Newest first. */
export const listEverySession = defineRoute({
  id: 'session.list',
  method: 'GET',
  path: '/api/v1/sessions',
  access: 'users:read',
  query: z.strictObject({ limit: limitSchema }),
  output: z.object({
    items: z
      .array(
        sessionSchema.extend({
          /** Null for the machine's owner, who came by link. */
          user: ownerSchema.nullable(),
        }),
      )
      .readonly(),
    /** There are older ones than the limit allows to show. */
    more: z.boolean(),
  }),
});

/** Newest first. */
export const listEveryKey = defineRoute({
  id: 'key.list-all',
  method: 'GET',
  path: '/api/v1/keys',
  access: 'users:read',
  query: z.strictObject({
    limit: limitSchema,
    /** `live`: neither revoked nor expired. */
    state: z.enum(['live', 'all']).default('live'),
  }),
  output: z.object({
    items: z.array(keySchema.extend({ user: ownerSchema })).readonly(),
    more: z.boolean(),
  }),
});
