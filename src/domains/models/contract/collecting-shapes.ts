/** Collections: long searches read to their end, page by page, with a checkpoint after each. Safe for browsers. */
import { z } from 'zod';

import { worded } from '#platform/contract';

import { reasonSchema } from './download-shapes.ts';
import { searchQuerySchema } from './search-query.ts';
import { stageSchema } from './search-shapes.ts';

/** What a collection asks: a search without a page size; `limit` counts models and may be left out. */
export const collectQuerySchema = searchQuerySchema.omit({ limit: true, cursor: true, refresh: true }).extend({
  limit: z.coerce.number().int().min(1).max(10_000_000).optional(),
});
export type CollectQuery = z.output<typeof collectQuerySchema>;

/**
 * `queued` waits for the server, `paused` was stopped in good order, `partial` could not read on, `failed` could not
 * begin; all but `completed` go on where they stopped.
 */
export const collectionStatuses = ['queued', 'running', 'paused', 'completed', 'partial', 'failed'] as const;
export const collectionStatusSchema = z.enum(collectionStatuses);
export type CollectionStatus = (typeof collectionStatuses)[number];

export const collectionSchema = z.object({
  id: z.string(),
  /** The same for every query that means the same. */
  key: z.string(),
  status: collectionStatusSchema,
  query: collectQuerySchema,
  /** Pages read and kept. */
  pages: z.number().int(),
  models: z.number().int(),
  versions: z.number().int(),
  /** Versions the finished collection of this query before did not have; null when there was none. */
  newVersions: z.number().int().nullable(),
  stages: z.array(stageSchema).readonly(),
  /** Why it is not complete. */
  reason: reasonSchema.nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type CollectionView = z.output<typeof collectionSchema>;

export const collectionItemSchema = z.object({
  modelId: z.number().int(),
  versionId: z.number().int(),
  name: z.string(),
  versionName: z.string(),
  type: z.string(),
  baseModel: z.string().nullable(),
  creator: z.string().nullable(),
  publishedAt: z.string().nullable(),
  /** Null when there is nothing to compare with. */
  isNew: z.boolean().nullable(),
  pageUrl: z.string(),
});
export type CollectionItem = z.output<typeof collectionItemSchema>;

/** A span of time: `45m`, `24h`, `2d`; in milliseconds afterwards. */
export const spanSchema = z
  .string()
  .trim()
  .refine(
    (text) => /^\d{1,6}(?:s|m|h|d|w)$/.test(text),
    worded('models.word-no-span', 'must be a span such as 45m, 24h, 2d'),
  )
  .transform((text) => Number(text.slice(0, -1)) * unitMs(text.slice(-1)));

function unitMs(unit: string): number {
  const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
  return (seconds[unit] ?? Number.NaN) * 1000;
}

export const startCollectionSchema = z.strictObject({
  query: collectQuerySchema,
  /** Go on with the unfinished one of this query however old it is; by itself that happens within a day. */
  resume: z.boolean().default(false),
  /** Begin anew, whatever is there. */
  refresh: z.boolean().default(false),
  /** Take the finished one of this query when it is not older. */
  maxAgeMs: z.number().int().min(0).optional(),
});
export type StartCollection = z.output<typeof startCollectionSchema>;

export const startedCollectionSchema = z.object({
  collection: collectionSchema,
  how: z.enum(['started', 'resumed', 'reused']),
});
