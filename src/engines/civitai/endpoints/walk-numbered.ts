import type { DirectoryQuery } from '../queries/directory-query.ts';
import type { NumberedPage } from '../shapes/page.ts';
import { type WalkedPage, type WalkStep, walkPages } from '../walk-pages.ts';

/** A page of a numbered list in a walk; its cursor is the number of the next page. */
export type NumberedWalkPage<Item> = NumberedPage<Item> & WalkedPage<Item>;
export type NumberedWalkStep<Item> = WalkStep<Item, NumberedWalkPage<Item>>;

export function walkNumbered<Item, Query extends DirectoryQuery>(
  query: Query,
  fetchPage: (query: Query) => Promise<NumberedPage<Item>>,
  identify: (item: Item) => string | number | null,
): AsyncIterable<NumberedWalkStep<Item>> {
  return walkPages<Item, NumberedWalkPage<Item>>({
    fetchPage: async (cursor) => {
      const page = await fetchPage(cursor === null ? query : { ...query, page: Number(cursor) });
      return { ...page, nextCursor: page.nextPage === null ? null : String(page.nextPage) };
    },
    identify,
    cursor: query.page === undefined ? null : String(query.page),
  });
}
