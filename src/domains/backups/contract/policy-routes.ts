/** Routes of policies. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { policyKeySchema } from './job-shapes.ts';
import { policyBodySchema, policySchema } from './policy-shapes.ts';

const keyParams = z.strictObject({ key: policyKeySchema });

export const listBackupPolicies = defineRoute({
  id: 'backups.list-policies',
  method: 'GET',
  path: '/api/v1/backups/policies',
  access: 'backups:read',
  output: z.object({ items: z.array(policySchema) }),
});

export const readBackupPolicy = defineRoute({
  id: 'backups.read-policy',
  method: 'GET',
  path: '/api/v1/backups/policies/:key',
  access: 'backups:read',
  params: keyParams,
  output: policySchema,
  errors: ['backups.policy-not-found'],
});

export const putBackupPolicy = defineRoute({
  id: 'backups.put-policy',
  method: 'PUT',
  path: '/api/v1/backups/policies/:key',
  access: 'system:configure',
  params: keyParams,
  body: policyBodySchema,
  output: policySchema,
  errors: ['backups.class-taken'],
});

export const removeBackupPolicy = defineRoute({
  id: 'backups.remove-policy',
  method: 'DELETE',
  path: '/api/v1/backups/policies/:key',
  access: 'system:configure',
  params: keyParams,
  output: z.object({ key: policyKeySchema }),
  errors: ['backups.policy-not-found', 'backups.policy-in-use'],
});
