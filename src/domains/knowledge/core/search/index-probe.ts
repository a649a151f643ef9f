/** `kura db check`: whether index and entries agree – every entry once, nothing else, and found by what it says. */
import type { DatabaseFinding, DatabaseProbe, Dialect } from '#platform/db';

import { attachmentNames } from '../../store/attachment-store.ts';
import { entriesAfter, entryPositionBounds } from '../../store/entry-store.ts';
import { countUnindexed } from '../../store/index-agreement.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { searchIndexOf } from '../../store/search-index-of.ts';
import { indexedEntry } from '../entries/entry-terms.ts';

const placesLookedAt = 10;
const entriesPerPlace = 20;

export function createIndexProbe(dialect: Dialect): DatabaseProbe {
  const index = searchIndexOf(dialect);
  return {
    async find(reads) {
      const { missing, orphaned } = await countUnindexed(reads.tables(), index);
      const stale = await countStale();
      return [
        ...findingOf('knowledge.finding-unindexed', missing),
        ...findingOf('knowledge.finding-orphaned', orphaned),
        ...findingOf('knowledge.finding-stale', stale),
      ];

      /** Looks at some entries evenly spread over all of them. */
      async function countStale(): Promise<number> {
        const entries = reads.tables<KnowledgeTables>();
        const { first, last } = await entryPositionBounds(entries);
        const step = Math.max(entriesPerPlace, Math.floor((last - first + 1) / placesLookedAt));
        let found = 0;
        for (let from = first - 1; from < last; from += step) {
          const here = await entriesAfter(entries, from, entriesPerPlace);
          const names = await attachmentNames(
            entries,
            here.map(({ id }) => id),
          );
          const asked = index.asking();
          for (const entry of here) {
            const held = await asked.holds(reads.tables(), indexedEntry(entry, names.get(entry.id)));
            if (!held) found += 1;
          }
        }
        return found;
      }
    },
  };
}

function findingOf(code: string, count: number): readonly DatabaseFinding[] {
  return count === 0 ? [] : [{ code, params: { count } }];
}
