/** The categories of a model are among its tags (models.md A3, M-008). */
import { type Category, categories, plainWord } from '../../contract/index.ts';

export interface CategoryClasses {
  /** The first category in the order in which categories name a model; null = none of the tags is one. */
  readonly primary: Category | null;
  /** In that order, each once. */
  readonly all: readonly Category[];
}

const order = new Map<string, number>(categories.map((category, index) => [plainWord(category), index]));

/** Only tags that are a category; other ways to say one do not count, because a search for the tag would not find them. */
export function classifyCategories(tags: readonly string[]): CategoryClasses {
  const places = new Set(tags.flatMap((tag) => order.get(plainWord(tag)) ?? []));
  const all = [...places].sort((a, b) => a - b).flatMap((place) => categories[place] ?? []);
  return { primary: all[0] ?? null, all };
}
