/** Makes the whole search index anew from what the entries say. */
import type { Tables } from '#platform/db';

import { entriesAfter } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { SearchIndex } from '../../store/search-index.ts';
import { indexedEntry } from '../entries/entry-terms.ts';

/** Few statements, and segments of a size that is good to ask. */
const perStatement = 1000;

/** By id of an entry, the names of the files beside it. */
type NamesOf = (entryIds: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;

/** Into an index that is empty. @param namesOf left out where entries could not have files yet */
export async function rebuildIndex(
  index: SearchIndex,
  tables: { readonly entries: Tables<KnowledgeTables>; readonly index: Tables<unknown> },
  namesOf: NamesOf = async () => new Map(),
): Promise<void> {
  let after = 0;
  for (;;) {
    const entries = await entriesAfter(tables.entries, after, perStatement);
    const names = await namesOf(entries.map(({ id }) => id));
    await index.add(
      tables.index,
      entries.map((entry) => indexedEntry(entry, names.get(entry.id))),
    );
    after = entries.at(-1)?.position ?? after;
    if (entries.length < perStatement) return;
  }
}
