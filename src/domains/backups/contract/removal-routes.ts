/** Routes that take a copy out of its job. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { copyNameSchema, jobKeySchema } from './job-shapes.ts';
import { copyRemovalSchema } from './removal-shapes.ts';

const params = z.strictObject({ key: jobKeySchema, copy: copyNameSchema });

/** What would follow; changes nothing. */
export const foreseeCopyRemoval = defineRoute({
  id: 'backups.foresee-copy-removal',
  method: 'GET',
  path: '/api/v1/backups/jobs/:key/copies/:copy/removal',
  access: 'backups:read',
  params,
  output: copyRemovalSchema,
  errors: ['backups.job-not-found', 'backups.copy-not-found'],
});

export const removeBackupCopy = defineRoute({
  id: 'backups.remove-copy',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/copies/:copy/removal',
  access: 'system:configure',
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  output: copyRemovalSchema,
  errors: ['backups.job-not-found', 'backups.copy-not-found', 'backups.job-held', 'backups.copy-busy'],
});
