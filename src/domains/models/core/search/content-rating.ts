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

/**
 * - `safe`: for everybody;
 * - `adult`: only for those who asked for all ratings; also everything nobody rated, real people and minors;
 * - `excluded`: minors or real people together with adult content; shown in no mode (M-175, M-176).
 */
export type Rating = 'safe' | 'adult' | 'excluded';

/** What a rating looks at; the catalogue has it without the rest of an answer. */
export type RatedModel = Pick<Model, 'name' | 'tags' | 'nsfw' | 'nsfwLevel' | 'poi' | 'minor'>;
export type RatedVersion = Pick<ModelVersion, 'name' | 'trainedWords' | 'nsfwLevel'>;

export function rateModel(model: RatedModel): Rating {
  const texts = [model.name, ...model.tags];
  if (isProtected(model) && mayBeAdult(model.nsfw !== false, model.nsfwLevel, texts)) return 'excluded';
  return isSafeModel(model) ? 'safe' : 'adult';
}

/** Never milder than its model. */
export function rateVersion(model: RatedModel, version: RatedVersion): Rating {
  const ofModel = rateModel(model);
  if (ofModel === 'excluded') return ofModel;
  if (isProtected(model) && mayBeAdult(false, version.nsfwLevel, textsOf(version))) return 'excluded';
  return ofModel === 'safe' && isSafeVersion(version) ? 'safe' : 'adult';
}

/**
 * Shows somebody whom adult content must not show: a minor, or a person who exists. Only flags count; the tag
 * `celebrity` stands on caricatures and costumes, too, and asks for consent at the download instead.
 */
function isProtected({ minor, poi }: Pick<RatedModel, 'minor' | 'poi'>): boolean {
  return minor === true || poi === true;
}

/** Fails closed: what nobody rated counts as adult, and so does a mask with any higher bit. */
function mayBeAdult(flagged: boolean, mask: number | null, texts: readonly string[]): boolean {
  return flagged || mask === null || mask === 0 || (mask & ~SAFE_BITS) !== 0 || hasAdultWord(texts);
}

/** The lowest rating anything in the mask has; null and 0 are "not rated". */
function hasSafeBit(mask: number | null): boolean {
  return mask !== null && (mask & SAFE_BITS) !== 0;
}

export function hasAdultWord(texts: readonly string[]): boolean {
  return texts.some((text) => adultWords.test(text));
}

function textsOf(version: RatedVersion): readonly string[] {
  return [version.name, ...version.trainedWords];
}

export function isSafeModel(model: RatedModel): boolean {
  if (model.nsfw !== false || model.poi === true || model.minor === true) return false;
  return hasSafeBit(model.nsfwLevel) && !hasAdultWord([model.name, ...model.tags]);
}

export function isSafeVersion(version: RatedVersion): boolean {
  return hasSafeBit(version.nsfwLevel) && !hasAdultWord(textsOf(version));
}

/** A picture has one bit; one that also carries a higher one is not safe. */
export function isSafeImage(image: Pick<Image, 'nsfwLevel'>): boolean {
  const level = image.nsfwLevel ?? 0;
  return level !== 0 && (level & ~SAFE_BITS) === 0;
}

/**
 * A picture of the gallery, which strangers made. @param ofProtected whether it belongs to a model that shows a minor or a
 * real person: adult content must not, however the picture itself is flagged.
 */
export function rateImage(
  image: Pick<Image, 'nsfwLevel' | 'minor' | 'poi'>,
  { prompt, ofProtected }: { readonly prompt: string | null; readonly ofProtected: boolean },
): Rating {
  const isAdult = !isSafeImage(image) || hasAdultWord([prompt ?? '']);
  if (!ofProtected && !isProtected(image)) return isAdult ? 'adult' : 'safe';
  return isAdult ? 'excluded' : 'adult';
}

/** The first picture that may be shown; videos are no preview. */
export function previewOf(
  version: { readonly images: readonly Pick<Image, 'url' | 'type' | 'nsfwLevel'>[] },
  allRatings: boolean,
): string | null {
  const fitting = version.images.find((image) => image.type !== 'video' && (allRatings || isSafeImage(image)));
  return fitting?.url ?? null;
}
