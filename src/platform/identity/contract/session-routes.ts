/** Routes of logging in and out. Safe for browsers. */
import { z } from 'zod';

import { defineRoute, permissions } from '#platform/contract';

import {
  codeSchema,
  givenPasswordSchema,
  newPasswordSchema,
  profileShape,
  sessionStageSchema,
  usernameSchema,
} from './shapes.ts';

const whoSchema = z.object({
  /** Null for the machine's owner, who came by link or admin token. */
  accountId: z.string().nullable(),
  name: z.string(),
  fullName: z.string().nullable(),
  role: z.string().nullable(),
  language: z.string().nullable(),
  permissions: z.array(z.enum(permissions)),
});

export const openedSchema = whoSchema.extend({
  /** `pending-second-factor`: the session is nobody's until the second factor was shown, and permissions is empty. */
  stage: sessionStageSchema,
});

export const openSession = defineRoute({
  id: 'session.open',
  method: 'POST',
  path: '/api/v1/session',
  access: { public: 'this is how a browser logs in; the password or code itself is the credential' },
  limit: 'login',
  body: z.union([
    z.strictObject({ code: codeSchema }),
    z.strictObject({ username: z.string().min(1).max(200), password: givenPasswordSchema }),
  ]),
  output: openedSchema,
  status: 201,
  errors: [
    'identity.link-used',
    'identity.login-failed',
    'identity.too-many-attempts',
    'identity.directory-unavailable',
  ],
});

export const readSession = defineRoute({
  id: 'session.read',
  method: 'GET',
  path: '/api/v1/session',
  access: { public: 'a page must be able to ask whether anybody is logged in' },
  output: z.object({
    caller: whoSchema.nullable(),
    version: z.string(),
    /** A password was right and a second factor is awaited. */
    secondFactorAwaited: z.boolean(),
    /** What the login page may offer besides name and password. */
    ways: z.object({
      /** What the login provider is called; null where none is configured. */
      provider: z.string().nullable(),
      /** Whether a link for a new password can be had by mail. */
      passwordReset: z.boolean(),
    }),
    /** Said to the machine's owner only: no administrator has an account yet. */
    firstAccountMissing: z.boolean(),
  }),
});

export const closeSession = defineRoute({
  id: 'session.close',
  method: 'DELETE',
  path: '/api/v1/session',
  access: { public: 'logging out must work whatever the session still allows' },
  output: z.object({
    /** Where one logs out at the provider that one came by; null when there is nothing to do. */
    providerLogout: z.string().nullable(),
  }),
});

/** The owner of the machine makes the first administrator and goes on as such. */
export const createFirstAccount = defineRoute({
  id: 'session.create-first-account',
  method: 'POST',
  path: '/api/v1/session/first-account',
  access: 'users:manage',
  body: z.strictObject({ username: usernameSchema, password: newPasswordSchema, ...profileShape }),
  output: openedSchema,
  status: 201,
  errors: ['identity.admin-exists', 'identity.password-weak', 'identity.username-taken', 'identity.email-taken'],
});

export const acceptInvitation = defineRoute({
  id: 'session.accept-invitation',
  method: 'POST',
  path: '/api/v1/session/invitation',
  access: { public: 'the code of the invitation is the credential; it works once' },
  limit: 'login',
  body: z.strictObject({ code: codeSchema, username: usernameSchema, password: newPasswordSchema, ...profileShape }),
  output: openedSchema,
  status: 201,
  errors: ['identity.link-used', 'identity.password-weak', 'identity.username-taken', 'identity.email-taken'],
});

/** Ends all sessions of the account; the person then logs in with the new password. */
export const resetPassword = defineRoute({
  id: 'session.reset-password',
  method: 'POST',
  path: '/api/v1/session/password-reset',
  access: { public: 'the code of the link is the credential; it works once' },
  limit: 'password-reset',
  body: z.strictObject({ code: codeSchema, password: newPasswordSchema }),
  output: z.undefined(),
  status: 204,
  errors: ['identity.link-used', 'identity.password-weak'],
});

/** Answers alike, whether or not the address belongs to somebody: the link comes by mail, or no mail comes. */
export const requestPasswordReset = defineRoute({
  id: 'session.request-password-reset',
  method: 'POST',
  path: '/api/v1/session/password-reset/request',
  access: { public: 'who forgot the password has nothing to show; the link goes to the mail address of the account' },
  limit: 'password-reset',
  body: z.strictObject({ email: z.email().max(100) }),
  output: z.undefined(),
  status: 204,
  errors: ['notify.mail-off', 'identity.too-many-attempts'],
});
