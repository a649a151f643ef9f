/** How one entry is used (K-124, K-163): from what pages counted, without who it was. */
import type { Clock } from '#kernel/clock';
import { DAY } from '#kernel/units';
import type { Database } from '#platform/db';

import type { EntryUsage } from '../../contract/index.ts';
import { usesOfEntry } from '../../store/entry-uses.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { Entry } from '../entries/entry-content.ts';
import type { Reader } from '../entries/reading-scope.ts';
import { lastDays } from './period.ts';
import type { UseNotes } from './use-notes.ts';

export interface EntryUsages {
  /**
   * Of the last `days` days, today included.
   * @throws KuraError `knowledge.entry-not-found`.
   */
  entryUsage(reader: Reader, reference: string, days: number): Promise<EntryUsage>;
}

export interface EntryUsagesDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly notes: Pick<UseNotes, 'flush'>;
  /** For how many days uses are kept; 0 notes none. */
  readonly keepDays: () => number;
}

export function createEntryUsages(
  { database, clock, notes, keepDays }: EntryUsagesDeps,
  entries: { find(reader: Reader, reference: string): Promise<Entry> },
): EntryUsages {
  return {
    async entryUsage(reader, reference, days) {
      const { id } = await entries.find(reader, reference);
      await notes.flush();
      const reads = database.tables<KnowledgeTables>();
      const now = clock.now();
      const period = lastDays(now, days);
      const { actions, readers, byDay } = await usesOfEntry(reads, id, period);
      const isBeforeKept = keepDays() >= 2 * days;
      const before = isBeforeKept ? await usesOfEntry(reads, id, lastDays(now - days * DAY, days)) : undefined;
      return {
        ...period,
        noted: keepDays() > 0,
        keptDays: keepDays(),
        actions,
        readers,
        days: byDay,
        viewsBefore: before?.actions.view ?? null,
      };
    },
  };
}
