/** What to know about an order that Kura makes before a long list is asked for. */
import type { CommandContext } from '#platform/cli';

import { orderOf } from '../core/search/search-order.ts';
import type { Models } from '../models.ts';
import type { AskedSearch } from './search-options.ts';

/** Orders of the site itself go on page by page at no cost. */
function isOrderedHere({ source, ...query }: AskedSearch): boolean {
  const one = { source, ...query, limit: 1 };
  return source === 'site' && orderOf(one, { isSortRefused: false, isMerged: false }).by === 'kura';
}

/** Every thousand of such a list reads the site anew: a collection reads it once, and the catalogue sorts it. */
export function adviseCollecting(query: AskedSearch, { out, translator }: CommandContext<Models>): void {
  if (isOrderedHere(query)) out.note(translator.text('cli.models.search.advise-collecting'));
}

/** A collection takes models as they come; so many of them are not the first of an order that is made afterwards. */
export function adviseSorting(query: AskedSearch, { out, translator }: CommandContext<Models>): void {
  if (isOrderedHere(query)) out.note(translator.text('cli.models.collect.advise-sorting'));
}
