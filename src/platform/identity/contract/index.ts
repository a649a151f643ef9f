/** Routes of the session. Safe for browsers. */
import { z } from 'zod';

import { defineRoute, permissions } from '#platform/contract';

const whoSchema = z.object({ name: z.string(), permissions: z.array(z.enum(permissions)) });

export const openSession = defineRoute({
  id: 'session.open',
  method: 'POST',
  path: '/api/v1/session',
  access: { public: 'this is how a browser logs in; the code itself is the credential' },
  body: z.strictObject({ code: z.string().min(1).max(200) }),
  output: whoSchema,
  status: 201,
  errors: ['identity.link-used'],
});

export const readSession = defineRoute({
  id: 'session.read',
  method: 'GET',
  path: '/api/v1/session',
  access: { public: 'a page must be able to ask whether anybody is logged in' },
  output: z.object({ caller: whoSchema.nullable(), version: z.string() }),
});

export const closeSession = defineRoute({
  id: 'session.close',
  method: 'DELETE',
  path: '/api/v1/session',
  access: { public: 'logging out must work whatever the session still allows' },
  output: z.undefined(),
  status: 204,
});
