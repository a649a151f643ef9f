/** Routes of Kura's own backup. Drills are those of its job. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { recoveryStatusSchema } from './recovery-shapes.ts';

export const readRecoveryStatus = defineRoute({
  id: 'backups.read-recovery',
  method: 'GET',
  path: '/api/v1/backups/recovery',
  access: 'backups:read',
  output: recoveryStatusSchema,
});

export const backUpOwnData = defineRoute({
  id: 'backups.back-up-own-data',
  method: 'POST',
  path: '/api/v1/backups/recovery/backups',
  access: 'backups:run',
  limit: 'ingest',
  output: z.object({ jobId: z.string() }),
  status: 202,
});
