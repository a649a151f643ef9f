/** What a search for models answers (blueprint §4.2). Safe for browsers. */
import { z } from 'zod';

import { siteScanSchema } from './outside-scan-shapes.ts';
import { categories } from './vocabulary.ts';

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

/** A number between 0 and 100 and how it came about: the parts add up to the score, as far as a hundred (M-032). */
export const qualitySchema = z.object({
  score: z.number(),
  parts: z.array(z.object({ name: z.string(), value: z.number(), weight: z.number() })).readonly(),
});
export type Quality = z.output<typeof qualitySchema>;

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
  /** Of the version, as the creator wrote them; with `nsfw=sfw` of safe versions only. */
  trainedWords: z.array(z.string()).readonly(),
  /** Bit mask PG 1, PG-13 2, R 4, X 8, XXX 16; null = not rated. */
  nsfwLevel: z.number().int().nullable(),
  /** Kura's own judgement of the version: `adult` is everything that is not certainly safe. */
  rating: z.enum(['safe', 'adult']),
  license: licenceSchema,
  stats: statsSchema,
  publishedAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
  /** Closed to people without a grant, today. */
  gated: z.boolean(),
  quality: qualitySchema,
  /** An earlier model of this answer has the same file (by SHA-256): one of them is a re-upload. */
  sameFileAs: z.number().int().optional(),
  /** Page of the model on the site. */
  pageUrl: z.string(),
  /** A picture within the rating that was asked for. */
  previewUrl: z.string().nullable(),
  /** `chosen`: the one that `kura models get` takes when nobody says which. */
  files: z.array(fileSchema.extend({ chosen: z.boolean() })).readonly(),
});
export type FoundModel = z.output<typeof foundModelSchema>;

/**
 * How many models came into a filter and how many left it; `where` it was applied: by the site alone, by Kura alone, or
 * by the site and again by Kura.
 */
export const stageSchema = z.object({
  filter: z.string(),
  in: z.number().int(),
  out: z.number().int(),
  where: z.enum(['site', 'kura', 'both']),
});
export type SearchStage = z.output<typeof stageSchema>;

export const searchAnswerSchema = z.object({
  items: z.array(foundModelSchema).readonly(),
  /** Only from the catalogue: how many there are in all; not `exact` = at least so many. */
  total: z.object({ value: z.number().int(), exact: z.boolean() }).optional(),
  /** In the order in which they were applied; the first one counts what the site sent. */
  stages: z.array(stageSchema).readonly(),
  /** What was asked of the site; what is not here was applied by Kura. */
  sent: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
  /**
   * Which order was asked for and which one the items are in; `by: kura` = made here over everything that was read,
   * which is a part of the whole when `stopped` is `page-budget` or `error`.
   */
  order: z.object({ asked: z.string().nullable(), used: z.string(), by: z.enum(['site', 'kura']) }),
  /**
   * How old the answer is: when the oldest of the stored answers of the site, or of the items of the catalogue, was new.
   * Null = asked just now.
   */
  asOf: z.string().nullable(),
  /** How far what was asked of the site is promised by it; absent when it was not asked. */
  level: z.enum(['official', 'extended', 'experimental']).optional(),
  /** One per question asked of the site: how many models it sent, and how many of them no earlier one had found. */
  contributions: z
    .array(z.object({ question: z.string(), fetched: z.number().int(), added: z.number().int() }))
    .readonly(),
  /** Words nobody here knows but the site was asked for, parameters it refused, and the like. */
  warnings: z.array(z.object({ code: z.string(), message: z.string() })).readonly(),
  /** Only when nothing was found: what leaving one filter out would have let through of what was read. */
  relaxations: z.array(z.object({ filter: z.string(), wouldGive: z.number().int() })).readonly(),
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
  /** Only where the site names none: what the names of model and version speak of. Never searched by. */
  baseSuggestion: z
    .object({ base: z.string().nullable(), family: z.string(), confidence: z.number(), found: z.string() })
    .nullable(),
  publishedAt: z.string().nullable(),
  trainedWords: z.array(z.string()).readonly(),
  nsfwLevel: z.number().int().nullable(),
  updatedAt: z.string().nullable(),
  rating: z.enum(['safe', 'adult', 'excluded']),
  /** As the site names them: Public, EarlyAccess, …; Download, Generation, …: open lists. */
  availability: z.string().nullable(),
  usageControl: z.string().nullable(),
  /** Closed to people without a grant, today. */
  gated: z.boolean(),
  /** When the gate opens for everybody; null when there is none, it never opens or nobody knows. */
  gateEndsAt: z.string().nullable(),
  stats: statsSchema.omit({ comments: true }),
  /** What the creator says about this version, as plain text. */
  description: z.string(),
  previewUrl: z.string().nullable(),
  /** Pictures that are safe for everybody. */
  images: z
    .array(z.object({ url: z.string(), width: z.number().nullable(), height: z.number().nullable() }))
    .readonly(),
  /** What the site sent and Kura has no field for. */
  extra: z.record(z.string(), z.unknown()),
  /** Seen before, and the site does not list it any more. */
  removed: z.boolean(),
  files: z
    .array(
      fileSchema.extend({
        libraryId: z.string().nullable(),
        /** The one that `kura models get` takes when nobody says which. */
        chosen: z.boolean(),
        /** Precision: fp16, fp32, bf16, …; pruned or full; Q4_K_M, …: open lists. */
        fp: z.string().nullable(),
        pruning: z.string().nullable(),
        quantType: z.string().nullable(),
        /** What the site's own scans say. */
        siteScan: siteScanSchema,
      }),
    )
    .readonly(),
});
export type VersionDetail = z.output<typeof versionDetailSchema>;

export const modelDetailSchema = z.object({
  modelId: z.number().int(),
  name: z.string(),
  type: z.string(),
  creator: z.string().nullable(),
  tags: z.array(z.string()).readonly(),
  /** Those of the tags that are a category; `primary` is the one that names the model (M-008). */
  categories: z.object({ primary: z.enum(categories).nullable(), all: z.array(z.enum(categories)).readonly() }),
  nsfwLevel: z.number().int().nullable(),
  rating: z.enum(['safe', 'adult', 'excluded']),
  /** Shows a real person; shows a minor; null = nobody said. */
  poi: z.boolean().nullable(),
  minor: z.boolean().nullable(),
  /** `removed`: the site answered that it has it no longer; otherwise the site's own word, or `available`. */
  state: z.string(),
  availability: z.string().nullable(),
  license: licenceSchema,
  stats: statsSchema,
  /** A week's growth of the counters by what was seen of them; null while there are not two days to compare. */
  growth: z.object({ since: z.string(), downloadsPerWeek: z.number(), likesPerWeek: z.number() }).nullable(),
  pageUrl: z.string(),
  /** Plain text; what strangers wrote as HTML is stripped. */
  description: z.string(),
  /** `site`: its answer, at `seenAt`; `catalogue`: the site could not be asked, this is what was seen last. */
  source: z.enum(['site', 'catalogue']),
  firstSeenAt: z.string(),
  seenAt: z.string(),
  /** What the site sent and Kura has no field for. */
  extra: z.record(z.string(), z.unknown()),
  versions: z.array(versionDetailSchema).readonly(),
});
export type ModelDetail = z.output<typeof modelDetailSchema>;
