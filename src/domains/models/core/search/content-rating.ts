/**
 * What may be shown to everybody. The site's own `nsfw=false` lets models with a mask such as 31 through, so Kura decides
 * for itself and fails closed: unknown is not safe (civitai-api.md §6, models.md M-017).
 */
import type { Image, Model, ModelVersion } from '#engines/civitai';

/** PG and PG-13. */
const SAFE_BITS = 0b11;

/** Words that say what a picture would show; whole words only, so that `Essex` and `classic` stay. */
const adultWords =
  /(?<![\p{L}\p{N}])(?:nsfw|hentai|porn\w*|nude|nudes|nudity|naked|sex|sexual|sexy|blowjob|cum|cumshot|penis|vagina|pussy|nipples?|ahegao|futanari|futa|bdsm|bondage|erotic\w*|xxx|r-?18|loli|lolicon|shota|shotacon|エロ|裸|全裸|成人向け)(?![\p{L}\p{N}])/iu;

/** The lowest rating anything in the mask has; null and 0 are "not rated". */
function hasSafeBit(mask: number | null): boolean {
  return mask !== null && (mask & SAFE_BITS) !== 0;
}

export function isSafeModel(model: Model): boolean {
  if (model.nsfw !== false || model.poi === true || model.minor === true) return false;
  return hasSafeBit(model.nsfwLevel) && ![model.name, ...model.tags].some((text) => adultWords.test(text));
}

export function isSafeVersion(version: ModelVersion): boolean {
  return (
    hasSafeBit(version.nsfwLevel) && ![version.name, ...version.trainedWords].some((text) => adultWords.test(text))
  );
}

/** A picture has one bit; one that also carries a higher one is not safe. */
export function isSafeImage(image: Image): boolean {
  const level = image.nsfwLevel ?? 0;
  return level !== 0 && (level & ~SAFE_BITS) === 0;
}

/** The first picture that may be shown; videos are no preview. */
export function previewOf(version: ModelVersion, allRatings: boolean): string | null {
  const fitting = version.images.find((image) => image.type !== 'video' && (allRatings || isSafeImage(image)));
  return fitting?.url ?? null;
}
