/** What a search for models answers (blueprint §4.2). Safe for browsers. */
import { z } from 'zod';

/** As CivitAI names them; hex digits in lower case. A hash the site does not publish is absent. */
export const publishedHashesSchema = z.object({
  SHA256: z.string().optional(),
  AutoV1: z.string().optional(),
  AutoV2: z.string().optional(),
  AutoV3: z.string().optional(),
  CRC32: z.string().optional(),
  BLAKE3: z.string().optional(),
});
export type PublishedHashes = z.output<typeof publishedHashesSchema>;

/** Null = the creator did not say, which is not a permission. */
export const licenceSchema = z.object({
  allowCommercialUse: z.array(z.string()).readonly().nullable(),
  allowNoCredit: z.boolean().nullable(),
  allowDerivatives: z.boolean().nullable(),
  allowDifferentLicense: z.boolean().nullable(),
});
export type LicenceView = z.output<typeof licenceSchema>;

/** Null counters are hidden by the creator. */
export const statsSchema = z.object({
  downloads: z.number().nullable(),
  thumbsUp: z.number().nullable(),
  thumbsDown: z.number().nullable(),
  comments: z.number().nullable(),
});
export type StatsView = z.output<typeof statsSchema>;

export const fileSchema = z.object({
  fileId: z.number().int(),
  name: z.string(),
  /** Model, VAE, Training Data, …: an open list. */
  type: z.string(),
  sizeBytes: z.number().int().nullable(),
  /** SafeTensor, PickleTensor, GGUF, …: an open list. */
  format: z.string().nullable(),
  hashes: publishedHashesSchema,
});
export type FileView = z.output<typeof fileSchema>;

export const foundModelSchema = z.object({
  modelId: z.number().int(),
  /** The newest version that passes every filter. */
  versionId: z.number().int(),
  name: z.string(),
  versionName: z.string(),
  type: z.string(),
  baseModel: z.string().nullable(),
  creator: z.string().nullable(),
  tags: z.array(z.string()).readonly(),
  /** Bit mask PG 1, PG-13 2, R 4, X 8, XXX 16; null = not rated. */
  nsfwLevel: z.number().int().nullable(),
  license: licenceSchema,
  stats: statsSchema,
  publishedAt: z.string().nullable(),
  /** Page of the model on the site. */
  pageUrl: z.string(),
  /** A picture within the rating that was asked for. */
  previewUrl: z.string().nullable(),
  files: z.array(fileSchema).readonly(),
});
export type FoundModel = z.output<typeof foundModelSchema>;

/** How many models came into a filter and how many left it. */
export const stageSchema = z.object({ filter: z.string(), in: z.number().int(), out: z.number().int() });
export type SearchStage = z.output<typeof stageSchema>;

export const searchAnswerSchema = z.object({
  items: z.array(foundModelSchema).readonly(),
  /** In the order in which they were applied; the first one counts what the site sent. */
  stages: z.array(stageSchema).readonly(),
  /** What was asked of the site; what is not here was applied by Kura. */
  sent: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
  /**
   * Why it stopped: enough found, nothing left, the site sent a cursor twice, a page failed (the items before it stand),
   * or very many pages were read (go on with `nextCursor`).
   */
  stopped: z.enum(['limit', 'end', 'repeated-cursor', 'error', 'page-budget']),
  /** Only with `stopped: error`: code and parameters of its message. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  nextCursor: z.string().optional(),
});
export type SearchAnswer = z.output<typeof searchAnswerSchema>;

export const versionDetailSchema = z.object({
  versionId: z.number().int(),
  name: z.string(),
  baseModel: z.string().nullable(),
  publishedAt: z.string().nullable(),
  trainedWords: z.array(z.string()).readonly(),
  nsfwLevel: z.number().int().nullable(),
  /** Closed to people without a grant, today. */
  gated: z.boolean(),
  previewUrl: z.string().nullable(),
  files: z.array(fileSchema.extend({ libraryId: z.string().nullable() })).readonly(),
});

export const modelDetailSchema = z.object({
  modelId: z.number().int(),
  name: z.string(),
  type: z.string(),
  creator: z.string().nullable(),
  tags: z.array(z.string()).readonly(),
  nsfwLevel: z.number().int().nullable(),
  license: licenceSchema,
  stats: statsSchema,
  pageUrl: z.string(),
  /** Plain text; what strangers wrote as HTML is stripped. */
  description: z.string(),
  /** `site`: asked just now; `catalogue`: the site could not be asked, this is what was seen last. */
  source: z.enum(['site', 'catalogue']),
  seenAt: z.string(),
  versions: z.array(versionDetailSchema).readonly(),
});
export type ModelDetail = z.output<typeof modelDetailSchema>;
