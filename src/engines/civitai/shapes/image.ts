import { z } from 'zod';

import type { Instant } from '#kernel/brands';

import { isCivitaiId, type VersionId, versionId } from '../ids.ts';
import {
  anything,
  flag,
  isRaw,
  type Lossless,
  leftOver,
  list,
  number,
  type Raw,
  type Reading,
  readCount,
  readInstant,
  record,
  text,
} from './lenient.ts';

/** A preview of a version or an image of the gallery; the gallery fills more fields. */
export interface Image extends Lossless {
  /** Absent on detail answers. */
  readonly imageId: number | null;
  readonly url: string;
  /** image, video or audio (open); some videos carry a `.jpeg` name, so the Content-Type decides. */
  readonly type: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** BlurHash, a placeholder to draw while loading. */
  readonly blurHash: string | null;
  /** One bit: PG 1, PG-13 2, R 4, X 8, XXX 16, Blocked 32; 0 or null = not rated, which is not safe. */
  readonly nsfwLevel: number | null;
  /** Shows a minor; null = the answer did not say. */
  readonly minor: boolean | null;
  /** Shows a real person. */
  readonly poi: boolean | null;
  readonly createdAt: Instant | null;
  readonly postId: number | null;
  readonly username: string | null;
  readonly baseModel: string | null;
  readonly versionIds: readonly VersionId[];
  readonly reactions: ImageReactions | null;
  readonly thumbnailUrl: string | null;
  /** Generation data as sent: prompts of strangers, never to be shown in safe mode. */
  readonly meta: Raw | null;
}

export interface ImageReactions {
  readonly likes: number | null;
  readonly hearts: number | null;
  readonly laughs: number | null;
  readonly cries: number | null;
  readonly comments: number | null;
}

const schema = z.object({
  id: anything,
  url: text,
  type: text,
  width: number,
  height: number,
  hash: text,
  nsfw: anything,
  nsfwLevel: anything,
  browsingLevel: number,
  minor: flag,
  poi: flag,
  createdAt: text,
  postId: number,
  username: text,
  baseModel: text,
  modelVersionIds: list,
  stats: record,
  thumbnail: record,
  meta: record,
});
const reactionsSchema = z.object({
  likeCount: number,
  heartCount: number,
  laughCount: number,
  cryCount: number,
  commentCount: number,
});

export function readImage(raw: Raw): Reading<Image> {
  const fields = schema.parse(raw);
  if (typeof fields.url !== 'string' || fields.url === '') return { reason: 'no-url' };
  const image = { url: fields.url, ...readFacts(fields) };
  return { item: { ...image, extra: leftOver(raw, asSent(image, fields)) } };
}

type Fields = z.infer<typeof schema>;

function readFacts(fields: Fields): Omit<Image, 'url' | 'extra'> {
  const thumbnail = fields.thumbnail?.['url'];
  return {
    imageId: isCivitaiId(fields.id) ? fields.id : null,
    type: fields.type ?? null,
    width: readCount(fields.width),
    height: readCount(fields.height),
    blurHash: fields.hash ?? null,
    nsfwLevel: fields.browsingLevel ?? levelOf(fields.nsfwLevel) ?? levelOf(fields.nsfw),
    minor: fields.minor ?? null,
    poi: fields.poi ?? null,
    createdAt: readInstant(fields.createdAt),
    postId: fields.postId ?? null,
    username: fields.username ?? null,
    baseModel: fields.baseModel ?? null,
    versionIds: (fields.modelVersionIds ?? []).filter((id) => isCivitaiId(id)).map((id) => versionId(id)),
    reactions: fields.stats ? readReactions(fields.stats) : null,
    thumbnailUrl: typeof thumbnail === 'string' ? thumbnail : null,
    meta: unwrapMeta(fields.meta ?? null),
  };
}

/** What was read, under the keys it was sent with; each field stands for one key only. */
function asSent(image: Omit<Image, 'extra'>, fields: Fields): Raw {
  const { imageId, blurHash, versionIds, reactions, thumbnailUrl, nsfwLevel, meta, ...same } = image;
  return {
    ...same,
    id: imageId,
    hash: blurHash,
    modelVersionIds: versionIds,
    stats: reactions && {
      likeCount: reactions.likes,
      heartCount: reactions.hearts,
      laughCount: reactions.laughs,
      cryCount: reactions.cries,
      commentCount: reactions.comments,
    },
    thumbnail: thumbnailUrl === null ? null : { url: thumbnailUrl },
    [typeof fields.browsingLevel === 'number' ? 'browsingLevel' : 'nsfwLevel']: nsfwLevel,
    meta: meta === fields.meta ? meta : { meta },
  };
}

/**
 * Integers today; words in 2023 and still on /images, where X stands for both X and XXX and therefore reads as the
 * higher; `false`/`true` before that, of which only `false` says something.
 */
const wordLevels: Readonly<Record<string, number>> = { None: 1, Soft: 2, Mature: 4, X: 16 };

function levelOf(value: unknown): number | null {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  if (value === false) return 1;
  return typeof value === 'string' ? (wordLevels[value] ?? null) : null;
}

/** With `modelId` or `imageId` the gallery wraps the data once more, `{id, meta}` (civitai-api.md §2.11). */
function unwrapMeta(meta: Raw | null): Raw | null {
  if (meta === null || !('meta' in meta) || !('id' in meta)) return meta;
  return isRaw(meta['meta']) ? meta['meta'] : null;
}

function readReactions(raw: Raw): ImageReactions {
  const counts = reactionsSchema.parse(raw);
  return {
    likes: readCount(counts.likeCount),
    hearts: readCount(counts.heartCount),
    laughs: readCount(counts.laughCount),
    cries: readCount(counts.cryCount),
    comments: readCount(counts.commentCount),
  };
}
