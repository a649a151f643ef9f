/** Makes the whole search index anew from what the entries say. */
import type { Tables } from '#platform/db';

import { entriesAfter } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { SearchIndex } from '../../store/search-index.ts';
import { indexedEntry } from '../entries/entry-terms.ts';

const perStatement = 250;

/** Into an index that is empty. */
export async function rebuildIndex(
  index: SearchIndex,
  tables: { readonly entries: Tables<KnowledgeTables>; readonly index: Tables<unknown> },
): Promise<void> {
  let after = 0;
  for (;;) {
    const entries = await entriesAfter(tables.entries, after, perStatement);
    await index.add(
      tables.index,
      entries.map((entry) => indexedEntry(entry)),
    );
    after = entries.at(-1)?.position ?? after;
    if (entries.length < perStatement) return;
  }
}
