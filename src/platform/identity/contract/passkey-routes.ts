/** Routes of passkeys. What browsers ask authenticators and hear from them goes through as they write it. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { factorCodeSchema, ownPassword, passkeySchema } from './factor-shapes.ts';
import { openedSchema } from './session-routes.ts';

const mine = '/api/v1/users/me/passkeys';
const named = { name: z.string().trim().min(1).max(60) };
/** Options of WebAuthn as JSON (WebAuthn level 3, 5.1.8 and 5.1.9). */
const optionsSchema = z.looseObject({ challenge: z.string() });
/** An answer of the browser; the library that checks it reads the rest. */
const responseSchema = z.looseObject({ id: z.string().min(1).max(2000) });
const idParams = z.strictObject({ id: z.string().min(1).max(100) });

export const askForPasskey = defineRoute({
  id: 'session.ask-for-passkey',
  method: 'POST',
  path: '/api/v1/session/passkey/options',
  access: { public: 'a login begins with it; it says nothing of anybody' },
  output: optionsSchema,
  errors: ['identity.passkeys-off'],
});

export const openByPasskey = defineRoute({
  id: 'session.open-by-passkey',
  method: 'POST',
  path: '/api/v1/session/passkey',
  access: { public: 'this is how a browser logs in; the signature is the credential' },
  limit: 'login',
  body: z.strictObject({ response: responseSchema }),
  bodyBytes: 65_536,
  output: openedSchema,
  status: 201,
  errors: ['identity.passkey-login-failed', 'identity.passkeys-off', 'identity.too-many-attempts'],
});

export const beginPasskey = defineRoute({
  id: 'user.begin-passkey',
  method: 'POST',
  path: `${mine}/options`,
  access: 'account:factors',
  body: z.strictObject(ownPassword),
  output: optionsSchema,
  errors: [
    'identity.passkeys-off',
    'identity.too-many-passkeys',
    'identity.proof-wrong',
    'identity.no-account',
    'identity.too-many-attempts',
  ],
});

export const finishPasskey = defineRoute({
  id: 'user.finish-passkey',
  method: 'POST',
  path: mine,
  access: 'account:factors',
  body: z.strictObject({ ...named, response: responseSchema }),
  bodyBytes: 65_536,
  output: z.object({
    passkey: passkeySchema,
    /** With the first factor of an account, this once. */
    recoveryCodes: z.array(z.string()).readonly(),
  }),
  status: 201,
  errors: ['identity.passkey-refused', 'identity.passkeys-off', 'identity.no-account'],
});

export const renamePasskey = defineRoute({
  id: 'user.rename-passkey',
  method: 'PATCH',
  path: `${mine}/:id`,
  access: 'account:factors',
  params: idParams,
  body: z.strictObject(named),
  output: z.undefined(),
  status: 204,
  errors: ['identity.passkey-not-found', 'identity.no-account'],
});

export const removePasskey = defineRoute({
  id: 'user.remove-passkey',
  method: 'POST',
  path: `${mine}/:id/removal`,
  access: 'account:factors',
  params: idParams,
  body: z.strictObject({ ...ownPassword, code: factorCodeSchema }),
  output: z.undefined(),
  status: 204,
  errors: ['identity.passkey-not-found', 'identity.proof-wrong', 'identity.no-account', 'identity.too-many-attempts'],
});
