/** Routes with which a command line logs in: the device flow of RFC 8628, as JSON. Safe for browsers. */
import { z } from 'zod';

import { defineRoute, keyScopes } from '#platform/contract';

import { codeSchema, keySchema } from './shapes.ts';

const base = '/api/v1/device-logins';
const scopesSchema = z.array(z.enum(keyScopes)).min(1).max(keyScopes.length);
const userCodeSchema = z.string().min(1).max(40);

const begunSchema = z.object({
  /** Stays with the command line. */
  deviceCode: z.string(),
  /** What the person types on the page `/device`. */
  userCode: z.string(),
  expiresInSeconds: z.number().int(),
  /** So long to wait between two questions. */
  intervalSeconds: z.number().int(),
});
export type BegunDeviceLogin = z.output<typeof begunSchema>;

const answerSchema = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['pending', 'slow-down']), intervalSeconds: z.number().int() }),
  z.object({ state: z.enum(['denied', 'expired']) }),
  z.object({ state: z.literal('approved'), user: z.string(), key: keySchema, secret: z.string() }),
]);
export type DeviceAnswer = z.output<typeof answerSchema>;

const viewSchema = z.object({
  /** As the machine calls itself: nobody has checked it. */
  name: z.string(),
  address: z.string().nullable(),
  scopes: z.array(z.enum(keyScopes)).readonly(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type DeviceLoginView = z.output<typeof viewSchema>;

const decisionSchema = z.enum(['approved', 'denied']);
export type DeviceDecision = z.output<typeof decisionSchema>;

export const beginDeviceLogin = defineRoute({
  id: 'device.begin',
  method: 'POST',
  path: base,
  access: { public: 'a command line has nothing to show yet; what it gets opens nothing until somebody approves it' },
  body: z.strictObject({ name: z.string().trim().min(1).max(100), scopes: scopesSchema }),
  output: begunSchema,
  status: 201,
});

/** Asked again and again until it is decided; the key is given once. */
export const askDeviceLogin = defineRoute({
  id: 'device.ask',
  method: 'POST',
  path: `${base}/answer`,
  access: { public: 'the code that only this command line has is the credential' },
  limit: 'login',
  body: z.strictObject({ deviceCode: codeSchema }),
  output: answerSchema,
  errors: ['identity.device-unknown', 'identity.too-many-attempts'],
});

/** Who asks to be let in, for whoever reads the code off that screen. */
export const lookUpDeviceLogin = defineRoute({
  id: 'device.look-up',
  method: 'POST',
  path: `${base}/look-up`,
  access: 'account:self',
  limit: 'login',
  body: z.strictObject({ userCode: userCodeSchema }),
  output: viewSchema,
  errors: ['identity.device-not-found', 'identity.no-account', 'identity.too-many-attempts'],
});

export const decideDeviceLogin = defineRoute({
  id: 'device.decide',
  method: 'POST',
  path: `${base}/decision`,
  access: 'account:self',
  limit: 'login',
  body: z.strictObject({ userCode: userCodeSchema, decision: decisionSchema }),
  output: z.undefined(),
  status: 204,
  errors: ['identity.device-not-found', 'identity.no-account', 'identity.too-many-attempts'],
});

/** How a command line logs out. */
export const endOwnKey = defineRoute({
  id: 'key.end-own',
  method: 'DELETE',
  path: '/api/v1/keys/own',
  access: { public: 'whoever holds a key may always give it up; the key is the credential' },
  output: z.undefined(),
  status: 204,
  errors: ['identity.key-missing'],
});
