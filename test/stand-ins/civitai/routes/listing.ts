/** Orders and text search over the catalogue: sorted once per order, tokenised once per model. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { CatalogueModel } from '../catalogue/entities.ts';

export const sortNames = [
  'Highest Rated',
  'Most Downloaded',
  'Most Liked',
  'Most Discussed',
  'Most Collected',
  'Most Images',
  'Newest',
  'Oldest',
] as const;
export type SortName = (typeof sortNames)[number];

export interface Position {
  /** Sort metrics; one (a time) for Newest and Oldest, two otherwise. */
  readonly keys: readonly number[];
  readonly id: number;
}

export interface Listing {
  /** Models in order, from the position on. `Newest` starts behind it, every other order at it. */
  from(sort: SortName, position: Position | undefined): Iterable<CatalogueModel>;
  positionOf(sort: SortName, model: CatalogueModel): Position;
  /** Best match first: name, creator and trained words; never tags or descriptions. */
  search(text: string): readonly CatalogueModel[];
}

export function createListing(catalogue: Catalogue): Listing {
  const orders = new Map<SortName, readonly CatalogueModel[]>();
  const words = new Map<CatalogueModel, readonly string[]>();
  function order(sort: SortName): readonly CatalogueModel[] {
    const ready = orders.get(sort);
    if (ready !== undefined) return ready;
    const sorted = [...catalogue.models].sort((a, b) => compare(sort, positionOf(sort, a), positionOf(sort, b)));
    orders.set(sort, sorted);
    return sorted;
  }
  function wordsOf(model: CatalogueModel): readonly string[] {
    const ready = words.get(model) ?? searchWords(model);
    words.set(model, ready);
    return ready;
  }
  return {
    positionOf,
    *from(sort, position) {
      const models = order(sort);
      const start = position === undefined ? 0 : firstAt(models, sort, position);
      for (let index = start; index < models.length; index += 1) {
        const model = models[index];
        if (model !== undefined) yield model;
      }
    },
    search(text) {
      const terms = tokens(text);
      if (terms.length === 0) return order('Highest Rated');
      return order('Highest Rated')
        .map((model) => ({ model, score: scoreOf(wordsOf(model), terms) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .map(({ model }) => model);
    },
  };
}

function positionOf(sort: SortName, model: CatalogueModel): Position {
  const { id, thumbsUp, downloads } = model;
  switch (sort) {
    case 'Highest Rated':
    case 'Most Liked':
      return { keys: [thumbsUp, downloads], id };
    case 'Most Downloaded':
      return { keys: [downloads, thumbsUp], id };
    case 'Most Discussed':
      return { keys: [model.comments, thumbsUp], id };
    case 'Most Collected':
      return { keys: [model.collected, thumbsUp], id };
    case 'Most Images':
      return { keys: [model.versions.reduce((sum, version) => sum + version.images.length, 0), thumbsUp], id };
    default:
      return { keys: [Date.parse(model.publishedAt)], id };
  }
}

/** Metrics fall, ids rise; only Oldest rises in both. */
function compare(sort: SortName, a: Position, b: Position): number {
  const direction = sort === 'Oldest' ? -1 : 1;
  for (const [index, key] of a.keys.entries()) {
    const difference = (b.keys[index] ?? 0) - key;
    if (difference !== 0) return difference * direction;
  }
  return a.id - b.id;
}

/** The real query compares `>` instead of `>=` for Newest and so loses one model per page boundary (#1111, #1372). */
function firstAt(models: readonly CatalogueModel[], sort: SortName, position: Position): number {
  let low = 0;
  let high = models.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const model = models[middle];
    const order = model === undefined ? 1 : compare(sort, positionOf(sort, model), position);
    if (order < 0 || (order === 0 && sort === 'Newest')) low = middle + 1;
    else high = middle;
  }
  return low;
}

function searchWords(model: CatalogueModel): string[] {
  return tokens(
    [model.name, model.creator ?? '', ...model.versions.flatMap((version) => version.trainedWords)].join(' '),
  );
}

function tokens(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{Letter}\p{Number}]+/gu) ?? []
  );
}

/** Every term must match: 2 points for a whole word, 1 for a prefix or, in scripts without spaces, a part. */
function scoreOf(words: readonly string[], terms: readonly string[]): number {
  let score = 0;
  for (const term of terms) {
    const best = Math.max(0, ...words.map((word) => matchOf(word, term)));
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

function matchOf(word: string, term: string): number {
  if (word === term) return 2;
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(term);
  return (unspaced ? word.includes(term) : word.startsWith(term)) ? 1 : 0;
}
