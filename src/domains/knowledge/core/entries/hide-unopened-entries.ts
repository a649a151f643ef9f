/** Entries that not everybody sees, put anew into an index that did not know who may. */
import type { Tables } from '#platform/db';

import { entriesAfter } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { SearchIndex } from '../../store/search-index.ts';
import { countWords } from '../../store/word-store.ts';
import { indexedEntry, termsOf } from './entry-terms.ts';
import { isOpenToReaders } from './reading-scope.ts';

const perStatement = 250;

export async function hideUnopenedEntries(
  index: SearchIndex | undefined,
  tables: { readonly entries: Tables<KnowledgeTables>; readonly index: Tables<unknown> },
): Promise<void> {
  let after = 0;
  for (;;) {
    const entries = await entriesAfter(tables.entries, after, perStatement);
    const hidden = entries.filter((entry) => !isOpenToReaders(entry));
    await index?.remove(
      tables.index,
      hidden.map(({ position }) => position),
    );
    await index?.add(
      tables.index,
      hidden.map((entry) => indexedEntry(entry)),
    );
    const counts = new Map<string, number>();
    for (const entry of hidden) {
      for (const word of termsOf(entry).words) counts.set(word, (counts.get(word) ?? 0) - 1);
    }
    await countWords(tables.entries, counts);
    after = entries.at(-1)?.position ?? after;
    if (entries.length < perStatement) return;
  }
}
