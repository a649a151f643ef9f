/** Pictures of the site's gallery and what they were made with (models.md M-050). Safe for browsers. */
import { z } from 'zod';

import { stageSchema } from './search-shapes.ts';
import { periodSchema } from './vocabulary.ts';
import { spelledFreely } from './word-spelling.ts';

/** The first four can also be made here, where the site refuses to sort. */
export const gallerySorts = ['Newest', 'Oldest', 'Most Reactions', 'Most Comments', 'Most Collected'] as const;
export type GallerySort = (typeof gallerySorts)[number];

const sortAliases: Readonly<Record<GallerySort, readonly string[]>> = {
  Newest: ['new', 'latest', '新着', '新着順'],
  Oldest: ['old', '古い順'],
  'Most Reactions': ['reactions', 'most liked', 'popular', '人気順', 'リアクション順'],
  'Most Comments': ['comments', 'most discussed', 'コメント順'],
  'Most Collected': ['collected', '保存順', 'コレクション順'],
};
const gallerySortWords = gallerySorts.map((word) => ({ word, aliases: sortAliases[word] }));

const siteId = z.coerce.number().int().min(1).max(2_147_483_647);

/** Of a model, of one of its versions, or by one person: at least one of them. */
export const galleryQuerySchema = z.strictObject({
  model: siteId.optional(),
  version: siteId.optional(),
  /** Whoever posted the pictures. */
  creator: z.string().trim().min(1).max(200).optional(),
  nsfw: z.enum(['sfw', 'all']).default('sfw'),
  sort: spelledFreely(gallerySortWords).default('Most Reactions'),
  period: periodSchema.optional(),
  /** Pixels: addresses lead to pictures of this width; absent = as uploaded. */
  width: z.coerce.number().int().min(32).max(4096).optional(),
  refresh: z.union([z.boolean(), z.stringbool()]).default(false),
  limit: z.coerce.number().int().min(1).max(1000).default(20),
  /** `nextCursor` of the answer before, with everything else unchanged. */
  cursor: z.string().max(1000).optional(),
});
export type GalleryQuery = z.output<typeof galleryQuerySchema>;

export const galleryImageSchema = z.object({
  imageId: z.number().int().nullable(),
  /** The picture itself, on the site's own host. */
  url: z.string(),
  /** Its page on the site. */
  pageUrl: z.string().nullable(),
  /** image, video or audio: an open list. */
  type: z.string().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** One bit: PG 1, PG-13 2, R 4, X 8, XXX 16; null = not rated. */
  nsfwLevel: z.number().int().nullable(),
  rating: z.enum(['safe', 'adult']),
  creator: z.string().nullable(),
  createdAt: z.string().nullable(),
  baseModel: z.string().nullable(),
  versionIds: z.array(z.number().int()).readonly(),
  reactions: z.number().int(),
  comments: z.number().int(),
  /** What its maker published of how it was made; null = nothing. */
  generation: z
    .object({
      prompt: z.string().nullable(),
      negativePrompt: z.string().nullable(),
      /** The negative prompt names what is not shown in safe mode and was left out. */
      withheld: z.boolean(),
      /** Digits; seeds can be larger than numbers of JSON. */
      seed: z.string().nullable(),
      sampler: z.string().nullable(),
      steps: z.number().nullable(),
      cfgScale: z.number().nullable(),
      /** The checkpoint, as the generator calls it. */
      model: z.string().nullable(),
      /** `832x1216`, as the generator made it. */
      size: z.string().nullable(),
    })
    .nullable(),
});
export type GalleryImage = z.output<typeof galleryImageSchema>;

export const galleryAnswerSchema = z.object({
  items: z.array(galleryImageSchema).readonly(),
  /** How many pictures came into each rule and how many left it. */
  stages: z.array(stageSchema).readonly(),
  sent: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
  /** `by: kura` = made here over everything that was read: beside a model the site knows but one order. */
  order: z.object({ used: z.enum(gallerySorts), by: z.enum(['site', 'kura']) }),
  /** When the oldest of the stored answers was new; null = asked just now. */
  asOf: z.string().nullable(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })).readonly(),
  stopped: z.enum(['limit', 'end', 'repeated-cursor', 'error', 'page-budget']),
  /** Only with `stopped: error`. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  nextCursor: z.string().optional(),
});
export type GalleryAnswer = z.output<typeof galleryAnswerSchema>;
