/** What is asked of the site for a gallery, and what is left to Kura. */
import { type Feature, type ImageQuery, modelId, versionId } from '#engines/civitai';
import { KuraError } from '#kernel/errors';

import type { GalleryAnswer, GalleryQuery } from '../../contract/index.ts';

export interface GalleryPlan {
  readonly question: ImageQuery;
  readonly order: GalleryAnswer['order'];
  /** Codes of what the answer will lack. */
  readonly warnings: readonly string[];
}

/** PG and PG-13; PG … XXX. */
const SAFE_LEVELS = 0b11;
const ALL_LEVELS = 0b11111;
/** Always the same, so that a question with another limit finds the stored answer, and a cursor its place in the page. */
const PAGE_SIZE = 100;

/** @throws KuraError `models.gallery-of-what`, `models.gallery-order` */
export function planGallery(query: GalleryQuery, switchedOff: readonly Feature[]): GalleryPlan {
  const { model, version, creator, sort, period, nsfw } = query;
  if (model === undefined && version === undefined && creator === undefined) {
    throw new KuraError('invalid', 'models.gallery-of-what');
  }
  const byModel = model !== undefined && version === undefined;
  const order = { used: sort, by: byModel && sort !== 'Newest' ? 'kura' : 'site' } as const;
  if (byModel && sort === 'Most Collected') throw new KuraError('invalid', 'models.gallery-order');
  const hasLevels = switchedOff.every(({ id }) => id !== 'images.browsing-level');
  const hasMeta = switchedOff.every(({ id }) => id !== 'images.with-meta');
  return {
    question: {
      limit: PAGE_SIZE,
      ...(byModel ? { modelId: modelId(model) } : { sort }),
      ...(version === undefined ? {} : { versionId: versionId(version) }),
      ...(creator === undefined ? {} : { username: creator }),
      ...(period === undefined ? {} : { period }),
      ...(hasLevels ? { browsingLevel: nsfw === 'all' ? ALL_LEVELS : SAFE_LEVELS } : {}),
      ...(hasMeta ? { withMeta: true } : {}),
    },
    order,
    warnings: [
      ...(hasLevels ? [] : ['models.gallery-mildest-only']),
      ...(hasMeta ? [] : ['models.gallery-without-prompts']),
    ],
  };
}
