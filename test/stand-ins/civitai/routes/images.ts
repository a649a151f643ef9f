/** GET /api/v1/images (contract note §2.11). Here `nsfwLevel` is a word, and `true` means only above PG-13. */
import { z } from 'zod';

import { DAY } from '#kernel/units';

import type { CatalogueImage, CatalogueModel, CatalogueVersion } from '../catalogue/entities.ts';
import { baseModels } from '../catalogue/enumerations.ts';
import { type Answer, refusal, type Site, type SiteRequest } from './exchange.ts';
import { pictureMeta, pictureUrl } from './present-picture.ts';
import { booleanString, readQuery } from './query-schema.ts';

const id = z.coerce.number().int().optional();

const querySchema = z.object({
  limit: z.coerce.number().min(0).max(200).default(100),
  cursor: z.string().optional(),
  page: z.coerce.number().int().min(1).optional(),
  postId: id,
  modelId: id,
  modelVersionId: id,
  imageId: id,
  userId: id,
  username: z.string().optional(),
  sort: z
    .enum(['Most Reactions', 'Most Comments', 'Most Collected', 'Newest', 'Oldest', 'Random'])
    .default('Most Reactions'),
  period: z.enum(['Day', 'Week', 'Month', 'Year', 'AllTime']).default('AllTime'),
  nsfw: z.enum(['None', 'Soft', 'Mature', 'X', 'true', 'false']).optional(),
  browsingLevel: z.coerce.number().int().min(0).optional(),
  type: z.enum(['image', 'video', 'audio']).optional(),
  baseModels: z.string().optional(),
  withMeta: booleanString.optional(),
  flatMeta: booleanString.optional(),
});

type ImageQuery = z.output<typeof querySchema>;

interface Row {
  readonly image: CatalogueImage;
  readonly version: CatalogueVersion;
  readonly model: CatalogueModel;
}

export function listImages(site: Site, request: SiteRequest): Answer {
  const read = readQuery(querySchema, request.query);
  if (!read.ok) return read.answer;
  const query = read.value;
  if (query.page !== undefined && query.page * query.limit > 1000) {
    return refusal(429, "You've requested too many pages, please use cursors instead");
  }
  const bases = query.baseModels?.split(',');
  if (bases?.some((base) => !baseModels.some((known) => known === base)) === true) {
    return refusal(400, 'Invalid base model', { code: 'BAD_REQUEST' });
  }
  const rows = sorted(rowsOf(site, query, bases), query);
  const start = startOf(rows, query);
  if (start === undefined) {
    return { status: 400, body: { message: 'This cursor cannot be continued with these filters' }, cache: 'none' };
  }
  const shown = rows.slice(start, start + query.limit);
  return {
    status: 200,
    body: {
      items: shown.map((row) => present(site, row, query)),
      metadata: metadataOf(request, rows[start + query.limit]),
    },
    cache: 'public',
  };
}

function rowsOf(site: Site, query: ImageQuery, bases: readonly string[] | undefined): Row[] {
  const levels = levelMask(query);
  const since =
    site.clock.now() - { Day: 1, Week: 7, Month: 30, Year: 365, AllTime: Number.POSITIVE_INFINITY }[query.period] * DAY;
  return site.catalogue.models
    .filter((model) => model.mode !== 'TakenDown' && !model.poi)
    .filter((model) => query.modelId === undefined || model.id === query.modelId)
    .filter((model) => query.username === undefined || model.creator === query.username)
    .filter((model) => query.userId === undefined || model.userId === query.userId)
    .flatMap((model) =>
      model.versions
        .filter((version) => version.status === 'Published')
        .filter((version) => query.modelVersionId === undefined || version.id === query.modelVersionId)
        .filter((version) => bases === undefined || bases.includes(version.baseModel))
        .flatMap((version) => version.images.map((image) => ({ image, version, model }))),
    )
    .filter(({ image }) => (image.nsfwLevel & levels) !== 0)
    .filter(({ image }) => query.postId === undefined || image.postId === query.postId)
    .filter(({ image }) => query.imageId === undefined || image.id === query.imageId)
    .filter(() => query.type === undefined || query.type === 'image')
    .filter(({ image }) => Date.parse(image.createdAt) >= since);
}

function levelMask(query: ImageQuery): number {
  if (query.browsingLevel !== undefined) return query.browsingLevel;
  return { None: 1, Soft: 3, Mature: 7, X: 31, true: 28, false: 1 }[query.nsfw ?? 'false'];
}

function sorted(rows: Row[], query: ImageQuery): Row[] {
  const newest = query.sort === 'Newest' || query.modelId !== undefined;
  return rows.sort((a, b) => {
    if (newest) return b.image.createdAt.localeCompare(a.image.createdAt) || b.image.id - a.image.id;
    if (query.sort === 'Oldest') return a.image.createdAt.localeCompare(b.image.createdAt) || a.image.id - b.image.id;
    return b.image.likes - a.image.likes || a.image.id - b.image.id;
  });
}

/** Pages count only with `modelId` or `imageId`; a `feed:` cursor names the first row to come. */
function startOf(rows: readonly Row[], query: ImageQuery): number | undefined {
  if (query.cursor === undefined) {
    const paged = query.imageId !== undefined || (query.modelId !== undefined && query.modelVersionId === undefined);
    return paged ? ((query.page ?? 1) - 1) * query.limit : 0;
  }
  const wanted = /^feed:\d+:(\d+)$/.exec(query.cursor)?.[1];
  const at = wanted === undefined ? -1 : rows.findIndex(({ image }) => image.id === Number(wanted));
  return at < 0 ? undefined : at;
}

function metadataOf(request: SiteRequest, next: Row | undefined) {
  if (next === undefined) return {};
  const nextCursor = `feed:${Date.parse(next.image.createdAt)}:${next.image.id}`;
  const params = new URLSearchParams(request.query);
  params.set('cursor', nextCursor);
  return { nextCursor, nextPage: `${request.origin}${request.path}?${params.toString()}` };
}

function present(site: Site, row: Row, query: ImageQuery) {
  const { image, version, model } = row;
  return {
    id: image.id,
    url: pictureUrl(site, image),
    hash: image.blurHash,
    width: image.width,
    height: image.height,
    type: 'image',
    nsfw: image.nsfwLevel > 1,
    nsfwLevel: levelWord(image.nsfwLevel),
    browsingLevel: image.nsfwLevel,
    createdAt: image.createdAt,
    postId: image.postId,
    thumbnail: null,
    username: model.creator,
    baseModel: version.baseModel,
    modelVersionIds: [version.id],
    stats: {
      cryCount: 0,
      laughCount: image.likes % 13,
      likeCount: image.likes,
      dislikeCount: 0,
      heartCount: Math.floor(image.likes / 2),
      commentCount: image.likes % 7,
    },
    meta: metaOf(image, query),
  };
}

function metaOf(image: CatalogueImage, query: ImageQuery): unknown {
  if (query.withMeta !== true) return null;
  const meta = pictureMeta(image);
  const nested = (query.modelId ?? query.imageId) !== undefined && query.flatMeta !== true;
  return nested ? { id: image.id, meta } : meta;
}

function levelWord(level: number): string {
  if (level >= 8) return 'X';
  return { 1: 'None', 2: 'Soft', 4: 'Mature' }[level] ?? 'None';
}
