/** The history of runs. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { copyNameSchema, jobKeySchema } from './job-shapes.ts';
import { runResultSchema, runSchema } from './run-shapes.ts';

export const listBackupRuns = defineRoute({
  id: 'backups.list-runs',
  method: 'GET',
  path: '/api/v1/backups/runs',
  access: 'backups:read',
  query: z.strictObject({
    job: jobKeySchema.optional(),
    /** Only with a job. */
    copy: copyNameSchema.optional(),
    result: runResultSchema.optional(),
    /** Runs that began then or later, and before. */
    since: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** `nextCursor` of the page before. */
    cursor: z
      .string()
      .regex(/^\d{4}-[\d:.TZ-]{19,22}_[0-9a-f-]{36}$/)
      .optional(),
  }),
  /** By their beginning, newest first. */
  output: z.object({ items: z.array(runSchema), nextCursor: z.string().optional() }),
});
