/**
 * Follows cursors to the end. How it stopped is part of the result: the end, an error, a cursor that comes back, a page
 * that comes back and an end that is none are different things (models.md M-022, trap 4).
 */
import { KuraError, toKuraError } from '#kernel/errors';

import type { Page } from './shapes/page.ts';

/** What a walk needs of a page. */
export interface WalkedPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly suspectEnd: readonly string[];
}

/** Pages, then exactly one other step, which is the last. */
export type WalkStep<Item, Walked extends WalkedPage<Item> = Page<Item>> =
  | {
      readonly kind: 'page';
      /** Without items that an earlier page of this walk had. */
      readonly page: Walked;
      /** How many were dropped for that: metrics move between requests, so pages overlap. */
      readonly duplicates: number;
    }
  | { readonly kind: 'end' }
  /** The server sent a cursor again, also when it was asked once more; going on would go round in circles. */
  | { readonly kind: 'repeated-cursor'; readonly cursor: string }
  /**
   * Everything before stays good; `cursor` is where to go on, null = at the start. Besides what a call rejects with:
   * `civitai.pages-repeated` (ever new cursors, always the same items) and `civitai.end-unclear` (no cursor where one
   * is expected, but something that looks like it).
   */
  | { readonly kind: 'error'; readonly error: KuraError; readonly cursor: string | null };

export interface WalkOptions<Item, Walked extends WalkedPage<Item>> {
  /** Reads the page behind a cursor; null = the first. `isAgain`: once more, because what came cannot be gone on with. */
  readonly fetchPage: (cursor: string | null, isAgain: boolean) => Promise<Walked>;
  /** What makes two items the same; null = never. */
  readonly identify: (item: Item) => number | string | null;
  /** Where to start; null = at the beginning. */
  readonly cursor: string | null;
}

/** A page now and then can be all known, because entries move while we read; so many on end is a server that ignores cursors. */
const FRUITLESS_PAGES = 3;

export async function* walkPages<Item, Walked extends WalkedPage<Item> = Page<Item>>(
  options: WalkOptions<Item, Walked>,
): AsyncGenerator<WalkStep<Item, Walked>, void, void> {
  const { fetchPage, identify } = options;
  const seenItems = new Set<number | string>();
  const seenCursors = new Set<string>();
  let { cursor } = options;
  for (let fruitless = 0; ; ) {
    if (cursor !== null) seenCursors.add(cursor);
    let page: Walked;
    try {
      page = await readOnward(fetchPage, cursor, seenCursors);
    } catch (error) {
      yield { kind: 'error', error: toKuraError(error), cursor };
      return;
    }
    const items = page.items.filter((item) => isNew(identify(item), seenItems));
    const duplicates = page.items.length - items.length;
    yield { kind: 'page', page: { ...page, items }, duplicates };
    if (page.nextCursor === null) {
      yield stopped(page, cursor);
      return;
    }
    if (seenCursors.has(page.nextCursor)) {
      yield { kind: 'repeated-cursor', cursor: page.nextCursor };
      return;
    }
    fruitless = items.length === 0 && duplicates > 0 ? fruitless + 1 : 0;
    if (fruitless === FRUITLESS_PAGES) {
      const error = new KuraError('unavailable', 'civitai.pages-repeated', { params: { pages: FRUITLESS_PAGES } });
      yield { kind: 'error', error, cursor: page.nextCursor };
      return;
    }
    cursor = page.nextCursor;
  }
}

/** How often a page whose cursor leads back is read again: some servers mix answers up once and are right the next time. */
const LOOKS_AGAIN = 2;

async function readOnward<Item, Walked extends WalkedPage<Item>>(
  fetchPage: WalkOptions<Item, Walked>['fetchPage'],
  cursor: string | null,
  seen: ReadonlySet<string>,
): Promise<Walked> {
  let page = await fetchPage(cursor, false);
  for (let look = 0; look < LOOKS_AGAIN && page.nextCursor !== null && seen.has(page.nextCursor); look += 1) {
    const again = await fetchPage(cursor, true);
    page = { ...again, items: [...page.items, ...again.items] };
  }
  return page;
}

function stopped({ suspectEnd }: WalkedPage<unknown>, cursor: string | null) {
  if (suspectEnd.length === 0) return { kind: 'end' } as const;
  const error = new KuraError('unavailable', 'civitai.end-unclear', { params: { keys: suspectEnd.join(', ') } });
  return { kind: 'error', error, cursor } as const;
}

function isNew(id: number | string | null, seen: Set<number | string>): boolean {
  if (id === null) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}
