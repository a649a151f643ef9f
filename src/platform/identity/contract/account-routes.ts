/** Routes of accounts. `:user` is an id, a user name, or `me`; of sessions also `~owner`, who has the machine. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  accountSchema,
  givenPasswordSchema,
  invitationSchema,
  newPasswordSchema,
  oneTimeLinkSchema,
  profileSchema,
  profileShape,
  roleNameSchema,
  sessionSchema,
  usernameSchema,
} from './shapes.ts';

const userParams = z.strictObject({ user: z.string().min(1).max(200) });
const base = '/api/v1/users';

export const listUsers = defineRoute({
  id: 'user.list',
  method: 'GET',
  path: base,
  access: 'users:read',
  query: z.strictObject({
    search: z.string().max(100).optional(),
    role: z.string().max(40).optional(),
    active: z.enum(['true', 'false']).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    /** User name after which to go on. */
    after: z.string().max(200).optional(),
  }),
  output: z.object({ items: z.array(accountSchema).readonly(), next: z.string().nullable() }),
});

/** Without a password the answer holds a one-time link with which the person chooses one. */
export const createUser = defineRoute({
  id: 'user.create',
  method: 'POST',
  path: base,
  access: 'users:manage',
  body: z.strictObject({
    username: usernameSchema,
    role: roleNameSchema,
    password: newPasswordSchema.optional(),
    ...profileShape,
  }),
  output: z.object({
    user: accountSchema,
    link: oneTimeLinkSchema.nullable(),
    /** Whether the link goes to the person by mail, too. */
    mailed: z.boolean(),
  }),
  status: 201,
  errors: [
    'identity.username-taken',
    'identity.email-taken',
    'identity.password-weak',
    'identity.role-unknown',
    'identity.role-too-wide',
  ],
});

export const readUser = defineRoute({
  id: 'user.read',
  method: 'GET',
  path: `${base}/:user`,
  access: 'account:self',
  also: ['users:read'],
  params: userParams,
  output: accountSchema,
  errors: ['identity.user-not-found'],
});

export const changeProfile = defineRoute({
  id: 'user.change-profile',
  method: 'PATCH',
  path: `${base}/:user`,
  access: 'account:self',
  also: ['users:manage'],
  params: userParams,
  body: profileSchema,
  output: accountSchema,
  errors: [
    'identity.user-not-found',
    'identity.email-taken',
    'identity.email-by-admin',
    'identity.department-by-admin',
    'identity.outranked',
  ],
});

export const setRole = defineRoute({
  id: 'user.set-role',
  method: 'PUT',
  path: `${base}/:user/role`,
  access: 'users:manage',
  params: userParams,
  body: z.strictObject({ role: roleNameSchema }),
  output: accountSchema,
  errors: [
    'identity.user-not-found',
    'identity.own-account',
    'identity.last-admin',
    'identity.role-unknown',
    'identity.role-too-wide',
    'identity.role-from-directory',
    'identity.outranked',
  ],
});

export const setActive = defineRoute({
  id: 'user.set-active',
  method: 'PUT',
  path: `${base}/:user/active`,
  access: 'users:manage',
  params: userParams,
  body: z.strictObject({ active: z.boolean() }),
  output: accountSchema,
  errors: [
    'identity.user-not-found',
    'identity.own-account',
    'identity.last-admin',
    'identity.outranked',
    'identity.anonymised',
  ],
});

export const unlockUser = defineRoute({
  id: 'user.unlock',
  method: 'POST',
  path: `${base}/:user/unlock`,
  access: 'users:manage',
  params: userParams,
  output: accountSchema,
  errors: ['identity.user-not-found'],
});

/** A one-time link for an hour; the old password works until it is used. */
export const createResetLink = defineRoute({
  id: 'user.create-reset-link',
  method: 'POST',
  path: `${base}/:user/password-reset`,
  access: 'users:manage',
  params: userParams,
  output: oneTimeLinkSchema,
  status: 201,
  errors: ['identity.user-not-found', 'identity.not-local', 'identity.outranked'],
});

export const changePassword = defineRoute({
  id: 'user.change-password',
  method: 'PUT',
  path: `${base}/me/password`,
  access: 'account:password',
  body: z.strictObject({ current: givenPasswordSchema, password: newPasswordSchema }),
  output: z.undefined(),
  status: 204,
  errors: [
    'identity.no-account',
    'identity.not-local',
    'identity.password-wrong',
    'identity.password-weak',
    'identity.too-many-attempts',
  ],
});

/** Disables for good; with `anonymise` nothing is kept that tells who it was, but in the audit log. */
export const deleteUser = defineRoute({
  id: 'user.delete',
  method: 'DELETE',
  path: `${base}/:user`,
  access: 'users:manage',
  params: userParams,
  query: z.strictObject({ anonymise: z.enum(['true', 'false']).default('false') }),
  output: accountSchema,
  errors: ['identity.user-not-found', 'identity.own-account', 'identity.last-admin', 'identity.outranked'],
});

export const listSessions = defineRoute({
  id: 'user.list-sessions',
  method: 'GET',
  path: `${base}/:user/sessions`,
  access: 'account:self',
  also: ['users:read'],
  params: userParams,
  output: z.object({ items: z.array(sessionSchema).readonly() }),
  errors: ['identity.user-not-found'],
});

export const revokeSession = defineRoute({
  id: 'user.revoke-session',
  method: 'DELETE',
  path: `${base}/:user/sessions/:id`,
  access: 'account:self',
  also: ['users:manage'],
  params: userParams.extend({ id: z.string().min(1).max(100) }),
  output: z.undefined(),
  status: 204,
  errors: ['identity.user-not-found', 'identity.session-not-found', 'identity.outranked'],
});

/** Log out everywhere, here included. */
export const revokeAllSessions = defineRoute({
  id: 'user.revoke-all-sessions',
  method: 'DELETE',
  path: `${base}/:user/sessions`,
  access: 'account:self',
  also: ['users:manage'],
  params: userParams,
  output: z.object({ ended: z.number().int() }),
  errors: ['identity.user-not-found', 'identity.outranked'],
});

export const listInvitations = defineRoute({
  id: 'invitation.list',
  method: 'GET',
  path: '/api/v1/invitations',
  access: 'users:read',
  output: z.object({ items: z.array(invitationSchema).readonly() }),
});

export const createInvitation = defineRoute({
  id: 'invitation.create',
  method: 'POST',
  path: '/api/v1/invitations',
  access: 'users:manage',
  body: z.strictObject({ role: roleNameSchema, email: z.email().max(100).optional() }),
  output: z.object({
    invitation: invitationSchema,
    link: oneTimeLinkSchema,
    /** Whether the link goes to the e-mail address, too. */
    mailed: z.boolean(),
  }),
  status: 201,
  errors: ['identity.role-unknown', 'identity.role-too-wide'],
});

export const revokeInvitation = defineRoute({
  id: 'invitation.revoke',
  method: 'DELETE',
  path: '/api/v1/invitations/:id',
  access: 'users:manage',
  params: z.strictObject({ id: z.string().min(1).max(100) }),
  output: z.undefined(),
  status: 204,
  errors: ['identity.invitation-not-found'],
});
