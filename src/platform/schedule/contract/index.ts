/** Routes of schedules. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

const timingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cron'), cron: z.string(), zone: z.string() }),
  z.object({ kind: z.literal('interval'), everyMs: z.number().int() }),
]);

const scheduleSchema = z.object({
  id: z.string(),
  /** Name of the kind of job. */
  job: z.string(),
  timing: timingSchema,
  /** Times missed while nobody was there: made up for by one run, or skipped. */
  catchUp: z.enum(['once', 'skip']),
  /** A time that comes while the run before has not ended: skipped with a record, or made beside it. */
  overlap: z.enum(['skip', 'allow']),
  enabled: z.boolean(),
  nextRun: z.string().nullable(),
  lastRun: z.string().nullable(),
  /** Message code when the last time could not be turned into a job. */
  fault: z.string().nullable(),
});

const idParams = z.strictObject({ id: z.string().min(1).max(200) });

export const listSchedules = defineRoute({
  id: 'schedule.list',
  method: 'GET',
  path: '/api/v1/schedules',
  access: 'system:read',
  output: z.object({ items: z.array(scheduleSchema).readonly() }),
});

/** Newest first, of the last 90 days; how each ended stands with its job. */
export const listScheduleRuns = defineRoute({
  id: 'schedule.list-runs',
  method: 'GET',
  path: '/api/v1/schedules/:id/runs',
  access: 'system:read',
  params: idParams,
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
  output: z.object({
    items: z
      .array(
        z.object({
          /** Of a skipped run: the one that was still under way. */
          jobId: z.string(),
          skipped: z.boolean(),
          trigger: z.enum(['planned', 'manual']),
          plannedAt: z.string(),
          enqueuedAt: z.string(),
          /** Null when the job's record was pruned. */
          status: z.enum(['queued', 'running', 'done', 'dead', 'cancelled']).nullable(),
        }),
      )
      .readonly(),
  }),
  errors: ['schedule.not-found'],
});

/** Now, beside its plan. */
export const runSchedule = defineRoute({
  id: 'schedule.run',
  method: 'POST',
  path: '/api/v1/schedules/:id/run',
  access: 'system:operate',
  params: idParams,
  output: z.object({ jobId: z.string() }),
  status: 202,
  errors: ['schedule.not-found'],
});

export const changeSchedule = defineRoute({
  id: 'schedule.change',
  method: 'PATCH',
  path: '/api/v1/schedules/:id',
  access: 'system:operate',
  params: idParams,
  body: z.strictObject({ enabled: z.boolean() }),
  output: scheduleSchema,
  errors: ['schedule.not-found'],
});
