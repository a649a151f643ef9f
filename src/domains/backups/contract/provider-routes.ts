/** Routes of storage providers. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { providerKeySchema } from './job-shapes.ts';
import { providerBodySchema, providerSchema } from './provider-shapes.ts';

const keyParams = z.strictObject({ key: providerKeySchema });

export const listBackupProviders = defineRoute({
  id: 'backups.list-providers',
  method: 'GET',
  path: '/api/v1/backups/providers',
  access: 'backups:read',
  output: z.object({ items: z.array(providerSchema) }),
});

export const readBackupProvider = defineRoute({
  id: 'backups.read-provider',
  method: 'GET',
  path: '/api/v1/backups/providers/:key',
  access: 'backups:read',
  params: keyParams,
  output: providerSchema,
  errors: ['backups.provider-not-found'],
});

/** Names places that the server reaches, with logins. */
export const putBackupProvider = defineRoute({
  id: 'backups.put-provider',
  method: 'PUT',
  path: '/api/v1/backups/providers/:key',
  access: 'system:configure',
  params: keyParams,
  body: providerBodySchema,
  output: providerSchema,
  errors: ['backups.path-not-absolute'],
});

export const removeBackupProvider = defineRoute({
  id: 'backups.remove-provider',
  method: 'DELETE',
  path: '/api/v1/backups/providers/:key',
  access: 'system:configure',
  params: keyParams,
  output: z.object({ key: providerKeySchema }),
  errors: ['backups.provider-not-found', 'backups.provider-in-use'],
});

/** Writes, reads and deletes a small file there, and looks how much room is left. */
export const checkBackupProvider = defineRoute({
  id: 'backups.check-provider',
  method: 'POST',
  path: '/api/v1/backups/providers/:key/check',
  access: 'backups:run',
  params: keyParams,
  output: providerSchema,
  errors: ['backups.provider-not-found', 'backups.provider-out-of-reach'],
});
