/** What a search for models asks. Safe for browsers. */
import { z } from 'zod';

import { worded } from '#platform/contract';

import { categorySchema, licencePermissionSchema, periodSchema, sortFieldSchema, sortSchema } from './vocabulary.ts';

const names = z.array(z.string().trim().min(1).max(200)).max(50);
const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const ratio = z.coerce.number().min(0).max(1);

/** An ISO day or instant, or a span back from now: `30d`, `2w`, `6m`, `1y` (M-014: a month is 30 days, a year 365). */
export const sinceSchema = z
  .string()
  .trim()
  .refine(
    (text) =>
      /^\d{1,4} ?(?:d|days?|w|weeks?|m|months?|y|years?)$/i.test(text) ||
      (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))),
    worded('models.word-no-day', 'must be a day such as 2026-10-01 or a span such as 30d, 2w, 6m, 1y'),
  );

/** Conditions on a model and its versions; all of those given must hold, for one version where they speak of versions. */
export const searchConditionShape = {
  /** Any of these types; case and the usual aliases (`lora`, `lycoris`, `embedding`) do not matter. */
  type: names.optional(),
  /** Any of these base models or families (`family:sdxl`), held against the version. */
  base: names.optional(),
  /** All of these tags. */
  tag: names.optional(),
  /** At least one of these tags. */
  anyTag: names.optional(),
  /** None of these tags. */
  notTag: names.optional(),
  /** Any of these categories. */
  category: z.array(categorySchema).max(15).optional(),
  creator: z.string().trim().min(1).max(200).optional(),
  /** All of these permissions. */
  license: z.array(licencePermissionSchema).max(7).optional(),
  /** Published at or after; the same as `publishedAfter`, shorter to type. */
  since: sinceSchema.optional(),
  publishedAfter: sinceSchema.optional(),
  publishedBefore: sinceSchema.optional(),
  updatedAfter: sinceSchema.optional(),
  updatedBefore: sinceSchema.optional(),
  minDownloads: count.optional(),
  maxDownloads: count.optional(),
  minLikes: count.optional(),
  maxLikes: count.optional(),
  /** Likes among likes and dislikes, 0–1; models nobody judged have none and fail a minimum. */
  minLikeRatio: ratio.optional(),
  maxLikeRatio: ratio.optional(),
  /** Likes, dislikes and comments together. */
  minInteractions: count.optional(),
  /** A version with a file of any of these formats (`safetensors`, `pickle`, `gguf`, `onnx`, …). */
  format: names.optional(),
  minSizeBytes: count.optional(),
  maxSizeBytes: count.optional(),
  /** `open`: can be fetched by everybody now; `early`: still behind the creator's gate. */
  access: z.enum(['any', 'open', 'early']).optional(),
  /** Only the site can tell these apart. */
  checkpointType: z.enum(['Trained', 'Merge']).optional(),
  nsfw: z.enum(['sfw', 'all']).default('sfw'),
} as const;

/** Conditions that people expect and CivitAI does not offer. */
const notOffered: Readonly<Record<string, string>> = {
  verified: 'the site ignores it and answers do not tell it',
  featured: 'the site ignores it and answers do not tell it',
  minRating: 'the site no longer keeps star ratings',
};

export const searchQuerySchema = z.strictObject(
  {
    /** Site: text over names, creators and trigger words; catalogue: the query language (docs). Empty = browse. */
    query: z.string().max(500).optional(),
    ...searchConditionShape,
    sort: sortSchema.optional(),
    /** Any field, either way; wins over `sort`. */
    sortBy: sortFieldSchema.optional(),
    direction: z.enum(['asc', 'desc']).optional(),
    period: periodSchema.optional(),
    /** The account's own bookmarks or hidden models; needs a token. */
    mine: z.enum(['favorites', 'hidden']).optional(),
    /** `site` asks CivitAI; `catalogue` what was seen before, without the network. */
    source: z.enum(['site', 'catalogue']).default('site'),
    /** `dual` asks by tag and by base model and unites the answers, because the site's tag index has gaps (M-024). */
    strategy: z.enum(['direct', 'dual']).default('direct'),
    /** Asks the site even where a fresh answer of it is stored. */
    refresh: z.union([z.boolean(), z.stringbool()]).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(20),
    /** `nextCursor` of the answer before, with everything else unchanged. */
    cursor: z.string().max(4000).optional(),
  },
  { error: whyNotOffered },
);
export type SearchQuery = z.output<typeof searchQuerySchema>;
/** The conditions alone, as filters, saved searches and sweeps share them. */
export type SearchConditions = Omit<
  SearchQuery,
  'query' | 'sort' | 'sortBy' | 'direction' | 'period' | 'mine' | 'source' | 'strategy' | 'refresh' | 'limit' | 'cursor'
>;

/** Why a condition is refused that sounds as if it should exist (M-018). */
function whyNotOffered(issue: { readonly code?: string | undefined; readonly keys?: unknown }): string | undefined {
  if (issue.code !== 'unrecognized_keys' || !Array.isArray(issue.keys)) return undefined;
  const reasons = issue.keys.flatMap((key) => {
    const reason = notOffered[String(key)];
    return reason === undefined ? [] : [`${String(key)} is not offered: ${reason}`];
  });
  return reasons.length === 0 ? undefined : reasons.join('; ');
}
