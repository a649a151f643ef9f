/**
 * What a search must find, worked out from the simulated site's own rows and nothing of the product: the contract note
 * says what the site lists, models.md what a condition means. Unknown is what the answers do not tell.
 */
import type { CatalogueModel, CatalogueVersion, CivitaiSimulator } from '#stand-ins/civitai';

export interface TruthQuery {
  readonly nsfw: 'sfw' | 'all';
  readonly type?: readonly string[];
  readonly base?: readonly string[];
  readonly tag?: readonly string[];
  readonly anyTag?: readonly string[];
  readonly notTag?: readonly string[];
  readonly category?: readonly string[];
  readonly creator?: string;
  readonly license?: readonly string[];
  readonly publishedAfter?: string;
  readonly publishedBefore?: string;
  readonly updatedAfter?: string;
  readonly minDownloads?: number;
  readonly maxDownloads?: number;
  readonly minLikes?: number;
  readonly maxLikes?: number;
  readonly minLikeRatio?: number;
  readonly minInteractions?: number;
  readonly format?: readonly string[];
  readonly minSizeBytes?: number;
  readonly maxSizeBytes?: number;
  readonly access?: 'any' | 'open' | 'early';
}

export interface TrueHit {
  readonly modelId: number;
  readonly versionIds: readonly number[];
}

/**
 * Hits in the site's own order: most liked, then most downloaded, then oldest id.
 * @param remembered The query that an earlier search asked the site with, when the answer comes from what that one saw:
 * what is listed depends on it.
 */
export function trueHits(
  simulator: CivitaiSimulator,
  query: TruthQuery,
  now: number,
  remembered?: TruthQuery,
): readonly TrueHit[] {
  const asked = remembered ?? query;
  return [...simulator.catalogue.models]
    .sort((a, b) => b.thumbsUp - a.thumbsUp || b.downloads - a.downloads || a.id - b.id)
    .filter((model) => isListed(model, asked))
    .map((model) => {
      const versions = versionsOf(model, { query, listed: listedVersions(model, asked), now });
      return { modelId: model.id, versionIds: versions.map(({ id }) => id) };
    })
    .filter(({ versionIds }) => versionIds.length > 0);
}

export type TrueOrder = 'downloads' | 'likes' | 'comments' | 'buzz';

/** Hits by a counter; those whose counter nobody knows come last either way, ties by id in the same direction. */
export function inOrder(
  simulator: CivitaiSimulator,
  hits: readonly TrueHit[],
  order: { readonly sortBy: TrueOrder; readonly direction: 'asc' | 'desc' },
): readonly TrueHit[] {
  const sign = order.direction === 'asc' ? 1 : -1;
  function valueOf({ modelId }: TrueHit): number {
    const model = simulator.catalogue.model(modelId);
    return (model === undefined ? undefined : counterOf[order.sortBy](model)) ?? sign * Infinity;
  }
  return [...hits].sort((a, b) => {
    const [first, second] = [valueOf(a), valueOf(b)];
    return sign * (first === second ? a.modelId - b.modelId : first - second);
  });
}

const counterOf: Readonly<Record<TrueOrder, (model: CatalogueModel) => number | undefined>> = {
  downloads: (model) => counter(model, 'downloadCount', model.downloads),
  likes: (model) => counter(model, 'thumbsUpCount', model.thumbsUp),
  comments: (model) => counter(model, 'commentCount', model.comments),
  buzz: (model) => counter(model, 'tippedAmountCount', model.tips),
};

interface Question {
  readonly query: TruthQuery;
  readonly listed: readonly CatalogueVersion[];
  readonly now: number;
}

function isListed(model: CatalogueModel, { nsfw, creator, access }: TruthQuery): boolean {
  const isOpenList = creator === undefined && access !== 'early';
  return (
    (!model.poi || model.spelling?.listedPerson === true) &&
    (nsfw === 'all' || (model.nsfwLevel & 1) !== 0) &&
    (!isOpenList || model.availability === 'Public') &&
    (creator !== undefined || model.mode !== 'Archived')
  );
}

function listedVersions(model: CatalogueModel, { creator, access }: TruthQuery): readonly CatalogueVersion[] {
  return model.versions.filter(({ status, availability }) => {
    if (status !== 'Published') return false;
    if (access === 'early') return availability === 'EarlyAccess';
    return creator !== undefined || availability === 'Public';
  });
}

function versionsOf(model: CatalogueModel, { query, listed, now }: Question): readonly CatalogueVersion[] {
  if (!fitsModel(model, listed, query)) return [];
  return listed.filter(
    (version) =>
      filesOf(model, version).length > 0 &&
      fitsVersion(model, version, query) &&
      (query.access === undefined || query.access === 'any' || accessOf(version, now) === query.access) &&
      !isExcluded(model, version) &&
      (query.nsfw === 'all' || isSafe(model, version)),
  );
}

function fitsModel(model: CatalogueModel, listed: readonly CatalogueVersion[], query: TruthQuery): boolean {
  const tags = tagsOf(model);
  const { type, tag = [], anyTag, notTag = [], category, creator, license = [] } = query;
  return (
    isAny(type, (name) => typeNames[name] === model.type) &&
    tag.every((one) => tags.includes(folded(one))) &&
    isAny(anyTag, (one) => tags.includes(folded(one))) &&
    !notTag.some((one) => tags.includes(folded(one))) &&
    isAny(category, (one) => tags.includes(one)) &&
    (creator === undefined || model.creator === creator) &&
    license.every((one) => isGranted(model, one)) &&
    fitsCounters(model, query) &&
    isWithin(newest(listed), query.updatedAfter === undefined ? undefined : Date.parse(query.updatedAfter), undefined)
  );
}

function fitsCounters(model: CatalogueModel, query: TruthQuery): boolean {
  const likes = counter(model, 'thumbsUpCount', model.thumbsUp);
  const dislikes = counter(model, 'thumbsDownCount', model.thumbsDown);
  const comments = counter(model, 'commentCount', model.comments);
  const judged = likes === undefined || dislikes === undefined ? undefined : likes + dislikes;
  const ratio = judged === undefined || judged === 0 || likes === undefined ? undefined : likes / judged;
  const interactions = judged === undefined || comments === undefined ? undefined : judged + comments;
  return (
    isWithin(counter(model, 'downloadCount', model.downloads), query.minDownloads, query.maxDownloads) &&
    isWithin(likes, query.minLikes, query.maxLikes) &&
    isWithin(ratio, query.minLikeRatio, undefined) &&
    isWithin(interactions, query.minInteractions, undefined)
  );
}

function fitsVersion(model: CatalogueModel, version: CatalogueVersion, query: TruthQuery): boolean {
  const files = filesOf(model, version);
  const { publishedAfter: after, publishedBefore: before, minSizeBytes, maxSizeBytes } = query;
  return (
    isAny(query.base, (name) => (baseNames[name] ?? []).includes(baseOf(version) ?? '')) &&
    isAny(query.format, (name) => files.some(({ metadata }) => metadata.format === formatNames[name])) &&
    (noBounds(minSizeBytes, maxSizeBytes) ||
      files.some((file) => isWithin(file.content().size, minSizeBytes, maxSizeBytes))) &&
    isWithin(
      publishedOf(version),
      after === undefined ? undefined : Date.parse(after),
      before === undefined ? undefined : Date.parse(before) - 1,
    )
  );
}

/** Unknown fails any bound. */
function isWithin(value: number | undefined, min: number | undefined, max: number | undefined): boolean {
  if (noBounds(min, max)) return true;
  return value !== undefined && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}

function noBounds(min: number | undefined, max: number | undefined): boolean {
  return min === undefined && max === undefined;
}

function isAny(names: readonly string[] | undefined, fits: (name: string) => boolean): boolean {
  return names === undefined || names.length === 0 || names.some(fits);
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

function tagsOf(model: CatalogueModel): readonly string[] {
  return lacks(model, 'tags') ? [] : model.tags.map(folded);
}

function filesOf(model: CatalogueModel, version: CatalogueVersion) {
  return model.mode === 'Archived' || !model.counted ? [] : [...version.files, ...version.linkedFiles];
}

function baseOf(version: CatalogueVersion): string | undefined {
  return version.spelling?.without?.includes('baseModel') === true ? undefined : version.baseModel;
}

function publishedOf({ spelling, publishedAt }: CatalogueVersion): number | undefined {
  return spelling?.without?.includes('publishedAt') === true ? undefined : Date.parse(publishedAt);
}

function newest(versions: readonly CatalogueVersion[]): number | undefined {
  const known = versions.map(publishedOf).filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

type Hideable = NonNullable<NonNullable<CatalogueModel['spelling']>['hidden']>[number];

function counter(model: CatalogueModel, name: Hideable, value: number): number | undefined {
  const isHidden = !model.counted || lacks(model, 'stats') || model.spelling?.hidden?.includes(name) === true;
  return isHidden ? undefined : value;
}

function lacks(model: CatalogueModel, key: string): boolean {
  return model.spelling?.without?.some((one) => one === key) === true;
}

function isGranted(model: CatalogueModel, permission: string): boolean {
  switch (permission) {
    case 'no-credit':
      return model.allowNoCredit && !lacks(model, 'allowNoCredit');
    case 'derivatives':
      return model.allowDerivatives && !lacks(model, 'allowDerivatives');
    case 'different-license':
      return model.allowDifferentLicense && !lacks(model, 'allowDifferentLicense');
    default:
      return model.allowCommercialUse.includes(rightNames[permission] ?? '');
  }
}

function accessOf({ paidAccess, availability }: CatalogueVersion, now: number): 'open' | 'early' {
  if (paidAccess === null) return availability === 'EarlyAccess' ? 'early' : 'open';
  const isOver = !paidAccess.permanent && paidAccess.endsAt !== null && Date.parse(paidAccess.endsAt) <= now;
  return isOver ? 'open' : 'early';
}

/** The words of the random catalogue's lists that speak of adult content, as whole words. */
const adult = /(?<![\p{L}\p{N}])(?:nude|hentai|nsfw)(?![\p{L}\p{N}])/iu;

/** Undefined: nobody rated it. */
function maskOf(level: number, isSent: boolean): number | undefined {
  return isSent && level !== 0 ? level : undefined;
}

function ratingOf(model: CatalogueModel, version: CatalogueVersion) {
  const modelTexts = [model.name, ...(lacks(model, 'tags') ? [] : model.tags)];
  const words = version.spelling?.without?.includes('trainedWords') === true ? [] : version.trainedWords;
  return {
    isFlagged: model.nsfw || lacks(model, 'nsfw'),
    modelMask: maskOf(model.nsfwLevel, !lacks(model, 'nsfwLevel')),
    versionMask: maskOf(version.nsfwLevel, version.spelling?.without?.includes('nsfwLevel') !== true),
    hasAdultWord: [...modelTexts, version.name, ...words].some((text) => adult.test(text)),
    isProtected: model.minor || model.poi,
  };
}

/** PG or PG-13 among the rest of the mask, no flag and no word against it, nobody to protect. */
function isSafe(model: CatalogueModel, version: CatalogueVersion): boolean {
  const { isFlagged, modelMask = 0, versionMask = 0, hasAdultWord, isProtected } = ratingOf(model, version);
  return !isFlagged && !hasAdultWord && !isProtected && (modelMask & 3) !== 0 && (versionMask & 3) !== 0;
}

/** Minors and real people, unless everything about them is certainly harmless. */
function isExcluded(model: CatalogueModel, version: CatalogueVersion): boolean {
  const { isFlagged, modelMask = 64, versionMask = 64, hasAdultWord, isProtected } = ratingOf(model, version);
  return isProtected && (isFlagged || hasAdultWord || ((modelMask | versionMask) & ~3) !== 0);
}

const typeNames: Readonly<Record<string, string>> = {
  lora: 'LORA',
  Checkpoint: 'Checkpoint',
  lycoris: 'LoCon',
  embedding: 'TextualInversion',
  HoloLattice: 'HoloLattice',
};

const baseNames: Readonly<Record<string, readonly string[]>> = {
  sdxl: ['SDXL 1.0'],
  'SD 1.5': ['SD 1.5'],
  pony: ['Pony'],
  'flux dev': ['Flux.1 D'],
  'Krea 9': ['Krea 9'],
  // Contract note §5.8: those whose AIR ecosystem is sdxl.
  'family:sdxl': [
    'Illustrious',
    'NoobAI',
    'Pony',
    'SDXL 0.9',
    'SDXL 1.0',
    'SDXL 1.0 LCM',
    'SDXL Lightning',
    'SDXL Hyper',
    'SDXL Turbo',
  ],
};

const formatNames: Readonly<Record<string, string>> = {
  safetensors: 'SafeTensor',
  pickle: 'PickleTensor',
  gguf: 'GGUF',
  HoloTensor: 'HoloTensor',
};

const rightNames: Readonly<Record<string, string>> = {
  image: 'Image',
  'rent-civit': 'RentCivit',
  rent: 'Rent',
  sell: 'Sell',
};
