/** Routes of service levels: how many of the backups that were due came, by the jobs' own schedules. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { criticalitySchema, jobKeySchema } from './job-shapes.ts';

export const serviceFaults = ['age', 'success-rate', 'duration'] as const;
export type ServiceFault = (typeof serviceFaults)[number];

const percent = z.number().nullable();

const jobServiceSchema = z.object({
  job: jobKeySchema,
  title: z.string(),
  criticality: criticalitySchema,
  /** Times at which a backup was due and whose turn is over. */
  expected: z.number().int(),
  /** Of those, with a backup that lacked nothing. */
  kept: z.number().int(),
  /** Null when none was due. */
  ratePercent: percent,
  targetPercent: z.number(),
  runs: z.object({ success: z.number().int(), partial: z.number().int(), failed: z.number().int() }),
  medianSeconds: z.number().nullable(),
  p95Seconds: z.number().nullable(),
  /** What `p95Seconds` may be; null for no demand. */
  maxRunSeconds: z.number().nullable(),
  /** Null when none of this time is known. */
  lastGoodAt: z.string().nullable(),
  /** Hours that a good backup may be old. */
  maxAgeHours: z.number(),
  /** Empty: the target is kept. */
  faults: z.array(z.enum(serviceFaults)).readonly(),
});
export type JobService = z.output<typeof jobServiceSchema>;

const kpisSchema = z.object({
  /** All jobs together. */
  backupPercent: percent,
  /** Jobs whose target is kept, of those not paused. */
  targetPercent: percent,
  /** Jobs that keep the 3-2-1-1-0 rule now, of those judged. */
  rulePercent: percent,
  /** Restore tests and verifications by restoring. */
  restorePercent: percent,
  restores: z.number().int(),
  longestRestoreSeconds: z.number().nullable(),
  /** Of the oldest last good backup. */
  oldestBackupHours: z.number().nullable(),
});
export type ServiceKpis = z.output<typeof kpisSchema>;

/** Worst first. Counted over runs, verifications and verdicts that were recorded; nothing by configuration. */
export const readServiceLevels = defineRoute({
  id: 'backups.read-service-levels',
  method: 'GET',
  path: '/api/v1/backups/service-levels',
  access: 'backups:read',
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(366).default(30),
    job: jobKeySchema.optional(),
  }),
  output: z.object({
    from: z.string(),
    until: z.string(),
    kpis: kpisSchema,
    jobs: z.array(jobServiceSchema).readonly(),
    /** Weeks, oldest first. */
    trend: z
      .array(z.object({ from: z.string(), expected: z.number().int(), kept: z.number().int(), ratePercent: percent }))
      .readonly(),
  }),
});
export type ServiceLevels = z.output<typeof readServiceLevels.output>;
