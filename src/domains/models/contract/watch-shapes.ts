/** Saved searches, and watches that look at them by time. Safe for browsers. */
import { z } from 'zod';

import { worded } from '#platform/contract';

import { collectionItemSchema, collectQuerySchema } from './collecting-shapes.ts';
import { reasonSchema } from './download-shapes.ts';

export const searchNameSchema = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,79}$/u, 'must begin with a letter or digit, 80 characters at most');

export const savedSearchSchema = z.object({
  name: z.string(),
  query: collectQuerySchema,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type SavedSearchView = z.output<typeof savedSearchSchema>;

const SHORTEST_INTERVAL_MS = 10_000;

/** Whether an interval of a watch is long enough, and what to say when it is not. */
export const longEnough = [
  (everyMs: number) => everyMs >= SHORTEST_INTERVAL_MS,
  worded('models.watch-too-often', 'must be 10 seconds or more: 10s, 30m, 6h'),
] as const;

/** Cron in an IANA zone, or an interval of ten seconds and more. */
export const timingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cron'), cron: z.string().min(1).max(200), zone: z.string().min(1).max(100) }),
  z.strictObject({
    kind: z.literal('interval'),
    everyMs: z
      .number()
      .int()
      .refine(...longEnough),
  }),
]);

/**
 * `baseline`: the first run, which records what there is and reports nothing as new. `failed` keeps its place: the next
 * run goes on there.
 */
export const watchOutcomeSchema = z.enum(['baseline', 'found', 'nothing', 'failed', 'interrupted']);
export type WatchOutcome = z.output<typeof watchOutcomeSchema>;

export const watchSchema = z.object({
  name: z.string(),
  /** Name of the saved search. */
  search: z.string(),
  timing: timingSchema,
  enabled: z.boolean(),
  nextRun: z.string().nullable(),
  lastRunAt: z.string().nullable(),
  lastOutcome: watchOutcomeSchema.nullable(),
  reason: reasonSchema.nullable(),
  /** Versions it knows of. */
  known: z.number().int(),
  unseen: z.number().int(),
  createdAt: z.string(),
});
export type WatchView = z.output<typeof watchSchema>;

export const watchFindingSchema = collectionItemSchema.omit({ isNew: true }).extend({
  position: z.number().int(),
  foundAt: z.string(),
  seenAt: z.string().nullable(),
});
export type WatchFinding = z.output<typeof watchFindingSchema>;

export const addWatchSchema = z.strictObject({
  name: searchNameSchema,
  search: searchNameSchema,
  timing: timingSchema,
});
