/** Routes of the second factor. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { factorCodeSchema, factorsSchema, ownPassword } from './factor-shapes.ts';
import { openedSchema } from './session-routes.ts';

const base = '/api/v1/users/me/second-factor';
const codesSchema = z.object({ recoveryCodes: z.array(z.string()).readonly() });

const totpToConfirmSchema = z.object({
  /** Base32, for apps that cannot scan. */
  secret: z.string(),
  /** What the picture to scan says. */
  uri: z.string(),
});
export type TotpToConfirm = z.output<typeof totpToConfirmSchema>;

export const showSecondFactor = defineRoute({
  id: 'session.show-second-factor',
  method: 'POST',
  path: '/api/v1/session/second-factor',
  access: { public: 'half a login is nobody yet; its session and the code are the credential' },
  limit: 'login',
  body: z.strictObject({ code: factorCodeSchema }),
  output: openedSchema,
  status: 201,
  errors: ['identity.second-factor-wrong', 'identity.session-over', 'identity.too-many-attempts'],
});

export const readFactors = defineRoute({
  id: 'user.read-factors',
  method: 'GET',
  path: '/api/v1/users/:user/second-factor',
  access: 'account:factors',
  also: ['users:read'],
  params: z.strictObject({ user: z.string().min(1).max(200) }),
  output: factorsSchema,
  errors: ['identity.user-not-found', 'identity.no-account'],
});

/** The secret is shown this once. */
export const beginTotp = defineRoute({
  id: 'user.begin-totp',
  method: 'POST',
  path: `${base}/totp`,
  access: 'account:factors',
  body: z.strictObject(ownPassword),
  output: totpToConfirmSchema,
  status: 201,
  errors: ['identity.totp-there', 'identity.proof-wrong', 'identity.no-account', 'identity.too-many-attempts'],
});

/** Answers with the recovery codes, this once. */
export const finishTotp = defineRoute({
  id: 'user.finish-totp',
  method: 'POST',
  path: `${base}/totp/confirmation`,
  access: 'account:factors',
  body: z.strictObject({ code: factorCodeSchema }),
  output: codesSchema,
  errors: ['identity.totp-not-begun', 'identity.code-wrong', 'identity.no-account'],
});

export const renewRecoveryCodes = defineRoute({
  id: 'user.renew-recovery-codes',
  method: 'POST',
  path: `${base}/recovery-codes`,
  access: 'account:factors',
  body: z.strictObject({ ...ownPassword, code: factorCodeSchema }),
  output: codesSchema,
  errors: ['identity.proof-wrong', 'identity.no-account', 'identity.too-many-attempts'],
});

export const disableTotp = defineRoute({
  id: 'user.disable-totp',
  method: 'POST',
  path: `${base}/totp/removal`,
  access: 'account:factors',
  body: z.strictObject({ ...ownPassword, code: factorCodeSchema }),
  output: z.undefined(),
  status: 204,
  errors: ['identity.proof-wrong', 'identity.no-account', 'identity.too-many-attempts'],
});

/** Takes all factors off an account and ends its sessions. */
export const resetFactors = defineRoute({
  id: 'user.reset-factors',
  method: 'DELETE',
  path: '/api/v1/users/:user/second-factor',
  access: 'users:manage',
  params: z.strictObject({ user: z.string().min(1).max(200) }),
  output: z.undefined(),
  status: 204,
  errors: ['identity.user-not-found', 'identity.own-account', 'identity.outranked'],
});
