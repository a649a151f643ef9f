/** All jobs together, and how they fared (B-059, B-060). Safe for browsers. */
import { z } from 'zod';
import { digitStatesSchema } from './digit-states.ts';
import { copyEngineSchema, criticalitySchema, jobKeySchema, mediaKindSchema } from './job-shapes.ts';
import { verdictStatusSchema } from './status-shapes.ts';

const count = z.number().int().nonnegative();
const instant = z.iso.datetime();
const statusCounts = z.object({
  compliant: count,
  warning: count,
  non_compliant: count,
  unknown: count,
  paused: count,
});
const digitCounts = z.object({ pass: count, fail: count, unknown: count });
const digitsCounts = z.object({
  copies: digitCounts,
  media: digitCounts,
  offsite: digitCounts,
  offline: digitCounts,
  errors: digitCounts,
});

export const estateSummarySchema = z.object({
  at: instant,
  total: count,
  byStatus: statusCounts,
  /** Compliant jobs per hundred that are not paused; null ("n/a") without any. */
  ratePercent: z.number().nullable(),
  digits: digitsCounts,
  /** The first instant at which a verdict changes if nothing happens; null for never. */
  validUntil: instant.nullable(),
  /** At most ten that are not compliant, the worst and most important first. */
  worst: z.array(
    z.object({
      key: jobKeySchema,
      title: z.string(),
      status: verdictStatusSchema,
      digits: digitStatesSchema,
      since: instant,
      criticality: criticalitySchema,
      owner: z.string().nullable(),
    }),
  ),
  /** Copies in use. */
  copies: z.array(z.object({ site: z.string(), media: mediaKindSchema, engine: copyEngineSchema, copies: count })),
});

/** One point per day of the house: the verdicts at its end; of today, so far. */
export const estateTrendSchema = z.object({
  items: z.array(
    z.object({ day: z.iso.date(), byStatus: statusCounts, ratePercent: z.number().nullable(), digits: digitsCounts }),
  ),
});

export const jobTrendSchema = z.object({
  days: z.array(z.object({ day: z.iso.date(), status: verdictStatusSchema, digits: digitStatesSchema })),
  /** Newest first, at most 200. */
  changes: z.array(
    z.object({
      at: instant,
      /** Null for the first verdict. */
      from: verdictStatusSchema.nullable(),
      to: verdictStatusSchema,
      digits: digitStatesSchema,
    }),
  ),
});

export type EstateSummary = z.output<typeof estateSummarySchema>;
export type EstateTrend = z.output<typeof estateTrendSchema>;
export type JobTrend = z.output<typeof jobTrendSchema>;
