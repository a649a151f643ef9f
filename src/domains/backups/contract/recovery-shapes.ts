/** How Kura itself would come back, as data. Safe for browsers. */
import { z } from 'zod';

import { drillSchema } from './drill-shapes.ts';
import { jobKeySchema } from './job-shapes.ts';

/** What is looked at when an image was stood up, in this order. */
export const recoveryChecks = [
  'recovery-image',
  'recovery-counts',
  'recovery-database',
  'recovery-audit',
  'recovery-secrets',
  'recovery-search',
] as const;
export type RecoveryCheck = (typeof recoveryChecks)[number];

const instant = z.iso.datetime();

export const recoveryStatusSchema = z.object({
  job: jobKeySchema,
  source: z.string(),
  /** Whether a server does it without being asked. */
  automatic: z.boolean(),
  everyHours: z.number(),
  nextRun: instant.nullable(),
  copies: z.array(
    z.object({ name: z.string(), repository: z.string(), site: z.string(), lastGoodAt: instant.nullable() }),
  ),
  /** The newest good backup, in whichever copy; null before the first. */
  newest: z
    .object({
      at: instant,
      copy: z.string(),
      files: z.number(),
      bytes: z.number(),
      newBytes: z.number(),
      seconds: z.number(),
    })
    .nullable(),
  /** What would be lost now. */
  rpoSeconds: z.number().nullable(),
  rpoTargetSeconds: z.number().nullable(),
  rtoTargetSeconds: z.number().nullable(),
  /** Whether the recovery kit of the master key in force was printed: without it nothing sealed opens elsewhere. */
  recoveryKit: z.boolean(),
  /** The newest whole restore that ended. */
  lastDrill: drillSchema.nullable(),
  nextDrillOn: z.iso.date().nullable(),
});

export type RecoveryStatus = z.output<typeof recoveryStatusSchema>;
