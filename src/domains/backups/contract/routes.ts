/** Routes of backups. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  copyNameSchema,
  copySchema,
  jobKeySchema,
  jobSchema,
  newCopySchema,
  newJobSchema,
  recordableStateSchema,
} from './job-shapes.ts';
import { verificationKindSchema, verificationSchema } from './run-shapes.ts';
import { jobStatusSchema, statusSchema } from './status-shapes.ts';

const keyParams = z.strictObject({ key: jobKeySchema });
const historyQuery = z.strictObject({
  job: jobKeySchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.coerce.number().int().positive().optional(),
});
/** Which copies were handed to the queue; the progress of each is that of its job in /api/v1/jobs. */
const queuedSchema = z.object({
  job: jobKeySchema,
  queued: z.array(z.object({ copy: copyNameSchema, jobId: z.string() })),
});

export const readBackupStatus = defineRoute({
  id: 'backups.read-status',
  method: 'GET',
  path: '/api/v1/backups/status',
  access: 'backups:read',
  output: statusSchema,
});

export const readJobStatus = defineRoute({
  id: 'backups.read-job-status',
  method: 'GET',
  path: '/api/v1/backups/status/:key',
  access: 'backups:read',
  params: keyParams,
  output: jobStatusSchema,
  errors: ['backups.job-not-found'],
});

/** Names folders of the server, so it takes the right to configure it. */
export const protectFolder = defineRoute({
  id: 'backups.protect-folder',
  method: 'POST',
  path: '/api/v1/backups/jobs',
  access: 'system:configure',
  body: newJobSchema,
  output: jobSchema,
  status: 201,
  errors: ['backups.job-exists', 'backups.source-missing', 'backups.path-not-absolute', 'backups.policy-not-found'],
});

export const addBackupCopy = defineRoute({
  id: 'backups.add-copy',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/copies',
  access: 'system:configure',
  params: keyParams,
  body: newCopySchema,
  output: copySchema,
  status: 201,
  errors: [
    'backups.job-not-found',
    'backups.copy-exists',
    'backups.path-not-absolute',
    'backups.passphrase-file-unreadable',
    'backups.provider-not-found',
    'backups.tool-missing',
    'vault.not-a-vault',
    'vault.passphrase-missing',
    'vault.passphrase-wrong',
  ],
});

export const recordMedium = defineRoute({
  id: 'backups.record-medium',
  method: 'PUT',
  path: '/api/v1/backups/jobs/:key/copies/:copy/medium',
  access: 'backups:run',
  limit: 'ingest',
  params: z.strictObject({ key: jobKeySchema, copy: copyNameSchema }),
  body: z.strictObject({ state: recordableStateSchema }),
  output: copySchema,
  errors: ['backups.job-not-found', 'backups.copy-not-found', 'backups.medium-connected'],
});

export const startBackupRun = defineRoute({
  id: 'backups.start-run',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/run',
  access: 'backups:run',
  limit: 'ingest',
  params: keyParams,
  output: queuedSchema,
  status: 202,
  errors: ['backups.job-not-found', 'backups.job-archived', 'backups.no-copies'],
});

export const startVerification = defineRoute({
  id: 'backups.start-verification',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/verify',
  access: 'backups:run',
  limit: 'ingest',
  params: keyParams,
  body: z.strictObject({ kind: verificationKindSchema.default('data') }),
  output: queuedSchema,
  status: 202,
  errors: ['backups.job-not-found', 'backups.job-archived', 'backups.no-copies'],
});

export const listVerifications = defineRoute({
  id: 'backups.list-verifications',
  method: 'GET',
  path: '/api/v1/backups/verifications',
  access: 'backups:read',
  query: historyQuery,
  /** Newest first. */
  output: z.object({ items: z.array(verificationSchema), nextCursor: z.number().optional() }),
});
