/** Shapes of second factors. Safe for browsers. */
import { z } from 'zod';

import { givenPasswordSchema } from './shapes.ts';

/** Six digits of the app, or a recovery code. */
export const factorCodeSchema = z.string().min(6).max(60);
/** Left out by accounts whose password is kept elsewhere. */
export const ownPassword = { password: givenPasswordSchema.optional() };

export const passkeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Whether it may live on several devices. */
  backedUp: z.boolean(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type PasskeyView = z.output<typeof passkeySchema>;

export const factorsSchema = z.object({
  /** Since when an authenticator app is asked for; null when none is. */
  totpSince: z.string().nullable(),
  passkeys: z.array(passkeySchema).readonly(),
  recoveryCodesLeft: z.number().int(),
  /** The role asks for a second factor: without one nothing else is allowed. */
  required: z.boolean(),
  /** Kura keeps the password of this account, and asks for it before a factor is changed. */
  needsPassword: z.boolean(),
});
export type FactorsView = z.output<typeof factorsSchema>;
