/** Routes of roles and API keys. `:user` is an id, a user name, or `me`. Safe for browsers. */
import { z } from 'zod';

import { defineRoute, keyScopes, permissions } from '#platform/contract';

import { keySchema, networksSchema, roleNameSchema, roleSchema } from './shapes.ts';

export const listRoles = defineRoute({
  id: 'role.list',
  method: 'GET',
  path: '/api/v1/roles',
  access: 'users:read',
  output: z.object({ items: z.array(roleSchema).readonly() }),
});

/** Makes or changes a role. Of a built-in one only the networks can be set. */
export const saveRole = defineRoute({
  id: 'role.save',
  method: 'PUT',
  path: '/api/v1/roles/:name',
  access: 'users:manage',
  params: z.strictObject({ name: roleNameSchema }),
  body: z.strictObject({
    title: z.string().trim().min(1).max(100).nullable().optional(),
    permissions: z.array(z.enum(permissions)).max(permissions.length).optional(),
    /** Addresses from which people of this role may come; empty is everywhere. */
    networks: networksSchema.optional(),
  }),
  output: roleSchema,
  errors: ['identity.role-built-in', 'identity.role-too-wide', 'identity.would-lock-out'],
});

export const deleteRole = defineRoute({
  id: 'role.delete',
  method: 'DELETE',
  path: '/api/v1/roles/:name',
  access: 'users:manage',
  params: z.strictObject({ name: roleNameSchema }),
  output: z.undefined(),
  status: 204,
  errors: ['identity.role-unknown', 'identity.role-built-in', 'identity.role-in-use', 'identity.role-too-wide'],
});

const base = '/api/v1/users/:user/keys';
const userParams = z.strictObject({ user: z.string().min(1).max(200) });
const keyParams = userParams.extend({ id: z.string().min(1).max(100) });
/** The key itself: shown now and never again. */
const madeSchema = z.object({ key: keySchema, secret: z.string() });

export const listKeys = defineRoute({
  id: 'key.list',
  method: 'GET',
  path: base,
  access: 'account:self',
  also: ['users:read'],
  params: userParams,
  output: z.object({ items: z.array(keySchema).readonly() }),
  errors: ['identity.user-not-found'],
});

export const createKey = defineRoute({
  id: 'key.create',
  method: 'POST',
  path: base,
  access: 'account:self',
  also: ['users:manage'],
  params: userParams,
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(keyScopes)).min(1).max(keyScopes.length),
    networks: networksSchema.default([]),
    /** Keys of backup jobs: a key of the scope `ingest` alone can be narrowed to them. */
    boundTo: z.array(z.string().trim().min(1).max(200)).max(100).default([]),
    /** Null never expires. */
    days: z.number().int().min(1).max(3650).nullable().default(365),
  }),
  output: madeSchema,
  status: 201,
  errors: ['identity.user-not-found', 'identity.outranked', 'identity.too-many-keys', 'identity.key-bound-too-wide'],
});

/** Makes a key of the same reach; the old one goes on for some hours. */
export const rotateKey = defineRoute({
  id: 'key.rotate',
  method: 'POST',
  path: `${base}/:id/rotate`,
  access: 'account:self',
  also: ['users:manage'],
  params: keyParams,
  body: z.strictObject({ overlapHours: z.number().int().min(0).max(720).default(24) }),
  output: madeSchema,
  status: 201,
  errors: ['identity.user-not-found', 'identity.key-not-found', 'identity.outranked'],
});

export const revokeKey = defineRoute({
  id: 'key.revoke',
  method: 'DELETE',
  path: `${base}/:id`,
  access: 'account:self',
  also: ['users:manage'],
  params: keyParams,
  output: z.undefined(),
  status: 204,
  errors: ['identity.user-not-found', 'identity.key-not-found', 'identity.outranked'],
});
