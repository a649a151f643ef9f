import type { CatalogueImage } from '../catalogue/entities.ts';
import type { Site } from './exchange.ts';

/** The account path every picture of the site hangs under. */
export const pictureRoot = 'xG1nkqKTMzGDvpLrqFT7WA';

export function pictureUrl(site: Site, image: CatalogueImage): string {
  return `${site.urls.storage}/${pictureRoot}/${image.uuid}/original=true/${image.id}.${image.extension}`;
}

/** A picture inside a version of a model (contract note §2.7), without `id`. */
export function presentPicture(site: Site, image: CatalogueImage) {
  return {
    url: pictureUrl(site, image),
    nsfwLevel: image.nsfwLevel,
    width: image.width,
    height: image.height,
    hash: image.blurHash,
    type: 'image',
    minor: false,
    poi: false,
    hasMeta: image.prompt !== null,
    hasPositivePrompt: image.prompt !== null,
    onSite: false,
    remixOfId: null,
  };
}

export function pictureMeta(image: CatalogueImage): Readonly<Record<string, unknown>> | null {
  if (image.prompt === null) return null;
  return {
    Size: `${image.width}x${image.height}`,
    seed: image.id,
    steps: 28,
    prompt: image.prompt,
    negativePrompt: 'blurry',
    sampler: 'Euler a',
    cfgScale: 6.5,
    resources: [],
  };
}
