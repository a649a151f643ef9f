/** Routes of the register: jobs and copies one by one, and many jobs at once. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { copyNameSchema, copySchema, jobKeySchema, jobSchema } from './job-shapes.ts';
import {
  copyChangeSchema,
  importBodySchema,
  importReportSchema,
  jobChangeSchema,
  jobExportQuerySchema,
  jobMoveSchema,
  jobQuerySchema,
  listedJobSchema,
  manyJobsBodySchema,
  manyJobsReportSchema,
} from './register-shapes.ts';

const keyParams = z.strictObject({ key: jobKeySchema });
const copyParams = z.strictObject({ key: jobKeySchema, copy: copyNameSchema });
const reason = z.string().trim().min(1).max(500);

export const listBackupJobs = defineRoute({
  id: 'backups.list-jobs',
  method: 'GET',
  path: '/api/v1/backups/jobs',
  access: 'backups:read',
  query: jobQuerySchema,
  output: z.object({ items: z.array(listedJobSchema), total: z.number().int() }),
});

/** The list as text, in parts; joined they are the whole file. */
export const exportBackupJobs = defineRoute({
  id: 'backups.export-jobs',
  method: 'GET',
  path: '/api/v1/backups/job-list',
  access: 'backups:read',
  limit: 'reports',
  query: jobExportQuerySchema,
  output: z.object({ text: z.string(), nextOffset: z.number().int().optional() }),
});

/** Each job by itself: what one refuses is told about that one. Archiving takes the right to configure besides. */
export const changeBackupJobs = defineRoute({
  id: 'backups.change-jobs',
  method: 'POST',
  path: '/api/v1/backups/job-actions',
  access: 'backups:run',
  body: manyJobsBodySchema,
  output: manyJobsReportSchema,
});

export const readBackupJob = defineRoute({
  id: 'backups.read-job',
  method: 'GET',
  path: '/api/v1/backups/jobs/:key',
  access: 'backups:read',
  params: keyParams,
  output: jobSchema,
  errors: ['backups.job-not-found'],
});

export const changeBackupJob = defineRoute({
  id: 'backups.change-job',
  method: 'PATCH',
  path: '/api/v1/backups/jobs/:key',
  access: 'backups:run',
  params: keyParams,
  body: jobChangeSchema,
  output: jobSchema,
  errors: ['backups.job-not-found', 'backups.job-archived', 'backups.job-held', 'backups.policy-not-found'],
});

/** Names folders of the server, so it takes the right to configure it. */
export const moveBackupSource = defineRoute({
  id: 'backups.move-source',
  method: 'PUT',
  path: '/api/v1/backups/jobs/:key/source',
  access: 'system:configure',
  params: keyParams,
  body: jobMoveSchema,
  output: jobSchema,
  errors: ['backups.job-not-found', 'backups.job-archived', 'backups.path-not-absolute'],
});

export const holdBackupJob = defineRoute({
  id: 'backups.hold-job',
  method: 'PUT',
  path: '/api/v1/backups/jobs/:key/hold',
  access: 'system:configure',
  params: keyParams,
  /** Null lifts the hold. */
  body: z.strictObject({ reason: reason.nullable() }),
  output: jobSchema,
  errors: ['backups.job-not-found'],
});

export const archiveBackupJob = defineRoute({
  id: 'backups.archive-job',
  method: 'PUT',
  path: '/api/v1/backups/jobs/:key/archive',
  access: 'system:configure',
  params: keyParams,
  body: z.strictObject({ reason }),
  output: jobSchema,
  errors: ['backups.job-not-found', 'backups.job-held'],
});

export const unarchiveBackupJob = defineRoute({
  id: 'backups.unarchive-job',
  method: 'DELETE',
  path: '/api/v1/backups/jobs/:key/archive',
  access: 'system:configure',
  params: keyParams,
  output: jobSchema,
  errors: ['backups.job-not-found'],
});

export const readBackupCopy = defineRoute({
  id: 'backups.read-copy',
  method: 'GET',
  path: '/api/v1/backups/jobs/:key/copies/:copy',
  access: 'backups:read',
  params: copyParams,
  output: copySchema,
  errors: ['backups.job-not-found', 'backups.copy-not-found'],
});

export const changeBackupCopy = defineRoute({
  id: 'backups.change-copy',
  method: 'PATCH',
  path: '/api/v1/backups/jobs/:key/copies/:copy',
  access: 'system:configure',
  params: copyParams,
  body: copyChangeSchema,
  output: copySchema,
  errors: [
    'backups.job-not-found',
    'backups.copy-not-found',
    'backups.copy-exists',
    'backups.engine-no-replica',
    'backups.engine-settings',
    'backups.job-held',
    'backups.provider-not-found',
  ],
});

export const importBackupJobs = defineRoute({
  id: 'backups.import-jobs',
  method: 'POST',
  path: '/api/v1/backups/jobs/import',
  access: 'system:configure',
  body: importBodySchema,
  output: importReportSchema,
  errors: ['backups.import-unreadable'],
});
