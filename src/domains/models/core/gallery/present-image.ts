import type { Image } from '#engines/civitai';

import type { GalleryImage, GalleryQuery } from '../../contract/index.ts';
import { readGeneration } from './read-generation.ts';
import { sizedUrl } from './sized-url.ts';

interface ImageView {
  readonly rating: GalleryImage['rating'];
  readonly siteUrl: string;
  readonly query: Pick<GalleryQuery, 'nsfw' | 'width'>;
}

export function presentImage(image: Image, { rating, siteUrl, query }: ImageView): GalleryImage {
  const { imageId, url, type, width, height, nsfwLevel, username, createdAt, baseModel, versionIds } = image;
  const { likes, hearts, laughs, cries, comments } = image.reactions ?? noReactions;
  return {
    imageId,
    url: query.width === undefined ? url : sizedUrl(url, query.width),
    pageUrl: imageId === null ? null : `${siteUrl}/images/${imageId}`,
    type,
    width,
    height,
    nsfwLevel,
    rating,
    creator: username,
    createdAt,
    baseModel,
    versionIds,
    reactions: (likes ?? 0) + (hearts ?? 0) + (laughs ?? 0) + (cries ?? 0),
    comments: comments ?? 0,
    generation: readGeneration(image, query.nsfw === 'all'),
  };
}

const noReactions = { likes: 0, hearts: 0, laughs: 0, cries: 0, comments: 0 };
