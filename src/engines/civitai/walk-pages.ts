/**
 * Follows cursors to the end. How it stopped is part of the result: the end, an error and a cursor that comes back
 * are three different things (models.md M-022, trap 4).
 */
import { type KuraError, toKuraError } from '#kernel/errors';

import type { Page } from './shapes/page.ts';

/** Pages, then exactly one other step, which is the last. */
export type WalkStep<Item> =
  | {
      readonly kind: 'page';
      /** Without items that an earlier page of this walk had. */
      readonly page: Page<Item>;
      /** How many were dropped for that: metrics move between requests, so pages overlap. */
      readonly duplicates: number;
    }
  | { readonly kind: 'end' }
  /** The server sent a cursor again; going on would go round in circles. */
  | { readonly kind: 'repeated-cursor'; readonly cursor: string }
  /** Everything before stays good; `cursor` is where to go on, null = at the start. */
  | { readonly kind: 'error'; readonly error: KuraError; readonly cursor: string | null };

export interface WalkOptions<Item> {
  /** Reads the page behind a cursor; null = the first. */
  readonly fetchPage: (cursor: string | null) => Promise<Page<Item>>;
  /** What makes two items the same; null = never. */
  readonly identify: (item: Item) => number | null;
  /** Where to start; null = at the beginning. */
  readonly cursor: string | null;
}

export async function* walkPages<Item>(options: WalkOptions<Item>): AsyncGenerator<WalkStep<Item>, void, void> {
  const { fetchPage, identify } = options;
  const seenItems = new Set<number>();
  const seenCursors = new Set<string>();
  let { cursor } = options;
  for (;;) {
    if (cursor !== null) seenCursors.add(cursor);
    let page: Page<Item>;
    try {
      page = await fetchPage(cursor);
    } catch (error) {
      yield { kind: 'error', error: toKuraError(error), cursor };
      return;
    }
    const items = page.items.filter((item) => isNew(identify(item), seenItems));
    yield { kind: 'page', page: { ...page, items }, duplicates: page.items.length - items.length };
    if (page.nextCursor === null) {
      yield { kind: 'end' };
      return;
    }
    if (seenCursors.has(page.nextCursor)) {
      yield { kind: 'repeated-cursor', cursor: page.nextCursor };
      return;
    }
    cursor = page.nextCursor;
  }
}

function isNew(id: number | null, seen: Set<number>): boolean {
  if (id === null) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}
