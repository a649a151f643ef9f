/** The 3-2-1-1-0 verdict as clients see it (B-067): machine codes and texts in the caller's language. Safe for browsers. */
import { z } from 'zod';

import { copyNameSchema, copySchema, jobKeySchema, mediumStateSchema } from './job-shapes.ts';
import { mediumStageSchema } from './media/medium-shapes.ts';
import { runSchema, toldSchema, verificationSchema } from './run-shapes.ts';

const count = z.number().int().nonnegative();
const instant = z.iso.datetime();

const verdictStatuses = ['compliant', 'warning', 'non_compliant', 'unknown', 'paused'] as const;
export const verdictStatusSchema = z.enum(verdictStatuses);
const digitStates = ['pass', 'fail', 'unknown'] as const;
export const digitStateSchema = z.enum(digitStates);

const digitSchema = z.object({
  verdict: digitStateSchema,
  required: count,
  /** Copies, families or errors found; for `errors` less is better. */
  found: count,
  /** Names of the copies that carry the digit. */
  evidence: z.array(copyNameSchema),
  /** When this digit changes if nothing happens; null for never. */
  validUntil: instant.nullable(),
  reasons: z.array(toldSchema),
  remedy: toldSchema.nullable(),
});

/** In the order of the rule's name: 3, 2, 1, 1, 0. */
const digitsSchema = z.object({
  copies: digitSchema,
  media: digitSchema,
  offsite: digitSchema,
  offline: digitSchema,
  errors: digitSchema,
});

const copyStatusSchema = copySchema.extend({
  /** Whether the repository can be read right now. */
  reachable: z.boolean(),
  /** Where the medium is as far as anybody knows: seen, or recorded after it was last seen. */
  carrier: mediumStateSchema,
  /** The medium of the inventory that carries it; null when none is registered. */
  medium: z.object({ label: z.string(), stage: mediumStageSchema, place: z.string() }).nullable(),
  /** Since when a run is due that has not come; null when none is. */
  missedSince: instant.nullable(),
  lastRun: runSchema.nullable(),
  /** Success or partial. */
  lastGoodRun: runSchema.nullable(),
  lastVerification: verificationSchema.nullable(),
});

export const jobStatusSchema = z.object({
  key: jobKeySchema,
  title: z.string(),
  source: z.string(),
  verdict: verdictStatusSchema,
  /** The first change of the verdict or a digit if nothing happens; null for never. */
  validUntil: instant.nullable(),
  evaluatedAt: instant,
  /** Whether the original counts as one of the copies. */
  productionCounted: z.boolean(),
  digits: digitsSchema,
  warnings: z.array(toldSchema.extend({ severity: z.enum(['warning', 'notice']) })),
  copies: z.array(copyStatusSchema),
});

const digitCounts = z.object({ pass: count, fail: count, unknown: count });

export const statusSchema = z.object({
  evaluatedAt: instant,
  summary: z.object({
    total: count,
    byStatus: z.object({ compliant: count, warning: count, non_compliant: count, unknown: count, paused: count }),
    /** Compliant jobs per hundred that are not paused; null ("n/a") without any. */
    ratePercent: z.number().nullable(),
    digits: z.object({
      copies: digitCounts,
      media: digitCounts,
      offsite: digitCounts,
      offline: digitCounts,
      errors: digitCounts,
    }),
  }),
  /** Worst first. */
  jobs: z.array(jobStatusSchema),
});

export type VerdictStatusName = (typeof verdictStatuses)[number];
export type DigitView = z.output<typeof digitSchema>;
export type CopyStatus = z.output<typeof copyStatusSchema>;
export type JobStatusView = z.output<typeof jobStatusSchema>;
export type StatusView = z.output<typeof statusSchema>;
