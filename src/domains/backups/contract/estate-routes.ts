/** Routes of all jobs together, over time. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { estateSummarySchema, estateTrendSchema, jobTrendSchema } from './estate-shapes.ts';
import { jobKeySchema } from './job-shapes.ts';
import { jobStatusSchema } from './status-shapes.ts';

const daysQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(1096).default(90) });
const keyParams = z.strictObject({ key: jobKeySchema });

export const readBackupSummary = defineRoute({
  id: 'backups.read-summary',
  method: 'GET',
  path: '/api/v1/backups/summary',
  access: 'backups:read',
  output: estateSummarySchema,
});

export const readBackupTrend = defineRoute({
  id: 'backups.read-trend',
  method: 'GET',
  path: '/api/v1/backups/trend',
  access: 'backups:read',
  query: daysQuery,
  output: estateTrendSchema,
});

export const readJobTrend = defineRoute({
  id: 'backups.read-job-trend',
  method: 'GET',
  path: '/api/v1/backups/jobs/:key/trend',
  access: 'backups:read',
  params: keyParams,
  query: daysQuery,
  output: jobTrendSchema,
  errors: ['backups.job-not-found'],
});

/** Looks for the media of one job now and tells a changed verdict (B-065). */
export const recheckBackupJob = defineRoute({
  id: 'backups.recheck-job',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/recheck',
  access: 'backups:run',
  limit: 'ingest',
  params: keyParams,
  output: jobStatusSchema,
  errors: ['backups.job-not-found'],
});
