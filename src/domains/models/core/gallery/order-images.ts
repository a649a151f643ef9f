/** Orders of a gallery made here, where the site knows but its own. */
import type { GalleryImage, GallerySort } from '../../contract/index.ts';

type Compare = (a: GalleryImage, b: GalleryImage) => number;

const comparisons: Readonly<Partial<Record<GallerySort, Compare>>> = {
  Oldest: (a, b) => madeAt(a) - madeAt(b),
  'Most Reactions': (a, b) => b.reactions - a.reactions,
  'Most Comments': (a, b) => b.comments - a.comments,
};

/** Newest first among equals, as they come. */
export function bestFirst(images: readonly GalleryImage[], sort: GallerySort): readonly GalleryImage[] {
  const compare = comparisons[sort];
  return compare === undefined ? images : images.toSorted(compare);
}

/** What nobody dated comes last. */
function madeAt({ createdAt }: GalleryImage): number {
  return createdAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(createdAt);
}
