/** What the queue and the platform's scheduler know of schedules of backups. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';
import { defineSchedule, type ScheduleDefinition } from '#platform/schedule';

import { jobKeySchema } from '../../contract/index.ts';
import type { StoredSchedule } from '../../store/schedule-store.ts';

const payloadSchema = z.strictObject({
  job: jobKeySchema,
  /** When it first was due, if it had to wait or is a try after a failure. */
  since: z.iso.datetime().optional(),
  /** Tries that have failed. */
  failed: z.number().int().nonnegative().default(0),
});

export type ScheduledRun = z.output<typeof payloadSchema>;

/** One time of one schedule: every copy of the job, with what runs before and after. */
export const runScheduledJob = defineJob({
  name: 'backups.run-scheduled',
  payload: payloadSchema,
  maxAttempts: 3,
  retrySeconds: 60,
});

/** Tells verdicts whose time has come. */
export const turnVerdictsJob = defineJob({ name: 'backups.turn-verdicts', payload: z.strictObject({}) });

/** Looks whether the storage providers can be reached, and how much room is left. */
export const checkProvidersJob = defineJob({ name: 'backups.check-providers', payload: z.strictObject({}) });

export function definitionOf({ id, job, cron, zone, rules }: StoredSchedule): ScheduleDefinition<ScheduledRun> {
  return defineSchedule({
    id: `backups.job.${id}`,
    job: runScheduledJob,
    payload: { job, failed: 0 },
    timing: { kind: 'cron', cron, zone },
    catchUp: rules.catchUp,
  });
}
