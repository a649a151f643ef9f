/** Routes of logging in by a provider (OpenID Connect). Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';
import { openedSchema } from './session-routes.ts';
import { codeSchema } from './shapes.ts';

/** The page keeps `flow` to itself and goes to `url`; what the provider sends it back with is good with this flow only. */
export const beginProviderLogin = defineRoute({
  id: 'session.begin-provider-login',
  method: 'POST',
  path: '/api/v1/session/provider',
  access: { public: 'a login begins with it; it says nothing of anybody' },
  output: z.object({ url: z.url(), flow: z.string() }),
  status: 201,
  errors: ['identity.no-provider', 'oidc.unreachable'],
});

export const openByProvider = defineRoute({
  id: 'session.open-by-provider',
  method: 'POST',
  path: '/api/v1/session/provider/return',
  access: { public: 'this is how a browser logs in; what the provider signed is the credential' },
  limit: 'login',
  body: z.strictObject({
    flow: codeSchema,
    /** The question mark of the address, and what follows it. */
    query: z.string().min(1).max(8000),
  }),
  bodyBytes: 65_536,
  output: openedSchema,
  status: 201,
  errors: [
    'identity.no-provider',
    'identity.provider-login-failed',
    'identity.provider-not-admitted',
    'identity.too-many-attempts',
    'oidc.unreachable',
  ],
});
