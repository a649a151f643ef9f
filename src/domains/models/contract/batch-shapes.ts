/** Batches: many files fetched as one download job, with pause, resume, retries and a report. Safe for browsers. */
import { z } from 'zod';

import { connectionsSchema, partChoiceShape, plannedFileSchema, reasonSchema } from './download-shapes.ts';
import { riskReasonSchema } from './risk-shapes.ts';
import { searchQuerySchema } from './search-query.ts';
import { decisionSchema, downloadModeSchema } from './steering-shapes.ts';
import { layoutSchema, sortFieldSchema, verdictSchema } from './vocabulary.ts';

/**
 * `pending` waits for its turn or its window, `processing` fetches, `paused` was stopped by a person or by a cap and
 * goes on when asked. `completed`: every file is there; `completed_with_errors`: the rest failed for good;
 * `failed`: nothing could be fetched, or something stopped all of it; `cancelled` by a person.
 */
export const batchStatuses = [
  'pending',
  'processing',
  'paused',
  'completed',
  'completed_with_errors',
  'failed',
  'cancelled',
] as const;
export const batchStatusSchema = z.enum(batchStatuses);
export type BatchStatus = (typeof batchStatuses)[number];

/** `done` covers `placed` and `skipped` (was there, hash agrees) of the file's own record. */
export const batchItemStatuses = ['pending', 'processing', 'done', 'quarantined', 'failed', 'cancelled'] as const;
export const batchItemStatusSchema = z.enum(batchItemStatuses);
export type BatchItemStatus = (typeof batchItemStatuses)[number];

/** M-096; equal ones in the order they were asked for. */
export const batchPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export const batchPrioritySchema = z.enum(batchPriorities);
export type BatchPriority = (typeof batchPriorities)[number];

/** How many files at once: one, `parallel` of them, or as many as measured throughput and 429s allow (M-122). */
export const batchStrategies = ['sequential', 'parallel', 'adaptive'] as const;
export const batchStrategySchema = z.enum(batchStrategies);
export type BatchStrategy = (typeof batchStrategies)[number];

/** Which file first (M-227). */
export const batchOrders = ['listed', 'smallest-first', 'largest-first'] as const;
export const batchOrderSchema = z.enum(batchOrders);
export type BatchOrder = (typeof batchOrders)[number];

/** `22:00-07:00`, with days `mon-fri 22:00-07:00` or `sat,sun 00:00-24:00`; in the time zone of the house. */
export const timeWindowSchema = z
  .string()
  .trim()
  .regex(
    /^(?:(?:mon|tue|wed|thu|fri|sat|sun)(?:[-,](?:mon|tue|wed|thu|fri|sat|sun))* )?(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'must be a window such as 22:00-07:00 or mon-fri 22:00-07:00',
  );

/** What one run may use before the batch pauses by itself. */
export const batchCapsSchema = z.strictObject({
  maxFiles: z.coerce.number().int().min(1).optional(),
  maxBytes: z.coerce.number().int().min(1).optional(),
  maxMinutes: z.coerce.number().int().min(1).optional(),
});

/** Where the references come from; all that are given are put together, and equal files count once. */
export const batchSourceSchema = z
  .strictObject({
    /** As for `models get`. */
    refs: z.array(z.string().trim().min(1).max(2048)).max(10_000).optional(),
    /** A saved list: JSON, JSON Lines, CSV, ids or addresses; recognised by its content. */
    list: z
      .string()
      .max(32 * 1024 * 1024)
      .optional(),
    /** A search on the site; `top` of its results. */
    search: searchQuerySchema.optional(),
    /** The best of the catalogue: a query of the query language. */
    where: z.string().trim().min(1).max(500).optional(),
    by: sortFieldSchema.optional(),
    top: z.coerce.number().int().min(1).max(10_000).optional(),
    /** Id of a finished or partial collection. */
    collection: z.uuid().optional(),
    /** Everything a creator published. */
    creator: z.string().trim().min(1).max(200).optional(),
    /** Files of the library that are missing on disk. */
    missing: z.boolean().optional(),
  })
  .refine((source) => Object.values(source).some((value) => value !== undefined && value !== false), 'names nothing');
export type BatchSource = z.output<typeof batchSourceSchema>;

export const batchOptionsSchema = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  /** As for `models get`: which file of a version. */
  file: z.string().trim().min(1).max(255).optional(),
  layout: layoutSchema.optional(),
  connections: connectionsSchema.optional(),
  /** How connections are used, if not as usual. */
  mode: downloadModeSchema.optional(),
  ...partChoiceShape,
  /** Fetch anew what is there already. */
  force: z.boolean().default(false),
  /** For all files of the batch together, besides the limit of all downloads. */
  bytesPerSecond: z.number().int().min(1).optional(),
  acceptRisk: z.boolean().default(false),
  /** As for a single download. */
  riskReason: riskReasonSchema.optional(),
  acceptLikeness: z.boolean().default(false),
  priority: batchPrioritySchema.default('normal'),
  strategy: batchStrategySchema.default('adaptive'),
  /** Files at once with `parallel`, at most with `adaptive`. */
  parallel: z.coerce.number().int().min(1).max(8).default(3),
  order: batchOrderSchema.default('listed'),
  /** Rounds over what failed in a way that may pass (time-outs, 5xx, 429), after everything else. */
  retryRounds: z.coerce.number().int().min(0).max(5).default(3),
  /** Seconds between two groups. */
  pauseSeconds: z.coerce.number().int().min(0).max(3600).default(0),
  /**
   * Files of a group: the next one begins when all of them have ended and the pause is over. Without it nothing waits
   * for anything, or, with a pause, each file is a group.
   */
  batchSize: z.coerce.number().int().min(1).max(1000).optional(),
  /** Waiting makes it more urgent: a step of priority for each hour, so that nothing waits for ever. */
  priorityBoost: z.boolean().default(true),
  caps: batchCapsSchema.default({}),
  /** Only at these times; empty = always. */
  windows: z.array(timeWindowSchema).max(14).default([]),
});
export type BatchOptions = z.output<typeof batchOptionsSchema>;

export const batchRequestSchema = z.strictObject({ source: batchSourceSchema, options: batchOptionsSchema });
export type BatchRequest = z.output<typeof batchRequestSchema>;

/** What would happen, before anything does. */
export const batchPlanSchema = z.object({
  files: z.number().int(),
  /** Of files to fetch, as far as sizes are known. */
  totalBytes: z.number().int(),
  freeBytes: z.number().int(),
  reserveBytes: z.number().int(),
  fits: z.boolean(),
  /** Files whose size the site does not tell. */
  unknownSizes: z.number().int(),
  /** References the site is asked about when their turn comes; counted in `files` and `unknownSizes`. */
  unresolved: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
  /** Lines of a saved list that could not be read, by number from 1. */
  badLines: z.array(z.object({ line: z.number().int(), reason: reasonSchema })).readonly(),
  /** Files per licence terms, in words; what the creators ask for. */
  licences: z.array(z.object({ terms: z.string(), files: z.number().int() })).readonly(),
  /** Files that need a person's word, by what for: `likeness`, `pickle` … */
  consents: z.array(z.object({ kind: z.string(), files: z.number().int(), given: z.boolean() })).readonly(),
  /** In order; the first 1,000. */
  items: z.array(plannedFileSchema).readonly(),
});
export type BatchPlanView = z.output<typeof batchPlanSchema>;

/** How much of what; counts of files but for `bytes`. */
export const batchTallySchema = z.object({
  files: z.number().int(),
  pending: z.number().int(),
  processing: z.number().int(),
  done: z.number().int(),
  /** Of `done`: were there already. */
  skipped: z.number().int(),
  quarantined: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  totalBytes: z.number(),
  doneBytes: z.number(),
  /** What came over the network, wasted bytes included. */
  networkBytes: z.number(),
  /** Attempts beyond the first; what a download does by itself within one is not counted. */
  retries: z.number().int(),
});
export type BatchTally = z.output<typeof batchTallySchema>;

export const batchSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: batchStatusSchema,
  /** Why it is paused, failed, or waits: message of the person, the cap, the window, the full disk. */
  reason: reasonSchema.nullable(),
  /** Where its files came from, in words. */
  origin: z.string(),
  options: batchOptionsSchema,
  tally: batchTallySchema,
  /** When the window opens next, while it waits for one. */
  waitsUntil: z.string().nullable(),
  /** Steps of priority gained by waiting. */
  boost: z.number().int(),
  createdBy: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  updatedAt: z.string(),
  endedAt: z.string().nullable(),
});
export type BatchView = z.output<typeof batchSchema>;

/** With what was decided last about its files and their connections, latest first. */
export const batchDetailSchema = batchSchema.extend({
  decisions: z.array(decisionSchema).readonly(),
  /** It says that it runs, but what ran it on this machine has ended without a word; it goes on when somebody runs it. */
  isLeft: z.boolean(),
});
export type BatchDetailView = z.output<typeof batchDetailSchema>;

export const batchItemSchema = z.object({
  /** From 1, in the order of the list. */
  number: z.number().int(),
  ref: z.string(),
  status: batchItemStatusSchema,
  modelId: z.number().int().nullable(),
  versionId: z.number().int().nullable(),
  fileId: z.number().int().nullable(),
  name: z.string().nullable(),
  path: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  sha256: z.string().nullable(),
  verdict: verdictSchema.nullable(),
  wasThere: z.boolean(),
  attempts: z.number().int(),
  /** Single requests that were made again. */
  retries: z.number().int(),
  reason: reasonSchema.nullable(),
  seconds: z.number().nullable(),
  networkBytes: z.number(),
  /** The mirror that sent its bytes; null = CivitAI, or it was there. */
  mirror: z.string().nullable(),
});
export type BatchItemView = z.output<typeof batchItemSchema>;

/** What a person may change of a batch that has not ended. */
export const batchChangeSchema = batchOptionsSchema.pick({ name: true }).extend({
  priority: batchPrioritySchema.optional(),
  strategy: batchStrategySchema.optional(),
  mode: downloadModeSchema.optional(),
  parallel: z.coerce.number().int().min(1).max(8).optional(),
  windows: z.array(timeWindowSchema).max(14).optional(),
  caps: batchCapsSchema.optional(),
});
export type BatchChange = z.output<typeof batchChangeSchema>;

/** What browsers hear on `batchTopic` (permission models:read), at most once a second per batch. */
export const batchTopic = 'models.batch-progress';
export const batchProgressSchema = z.object({
  id: z.string(),
  status: batchStatusSchema,
  tally: batchTallySchema,
  bytesPerSecond: z.number(),
  etaSeconds: z.number().nullable(),
});
export type BatchProgressView = z.output<typeof batchProgressSchema>;
