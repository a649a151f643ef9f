/**
 * Entries somebody wants to hear of (K-047). Nothing is sent and kept of what changed: whoever looks is shown what differs
 * from what they know, as far as they may see it by then.
 */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import type { EntryWatch, WatchedEntry } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import {
  changedBeside,
  countWatches,
  deleteWatch,
  putWatch,
  seenVersionOf,
  watchedBy,
} from '../../store/watch-store.ts';
import type { EntriesWithPlaces } from '../entries/entries.ts';
import { type EntriesDeps, entryIn, subjectOf, type Writer } from '../entries/entry-changes.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';

/** All but the last throw KuraError `knowledge.entry-not-found`. */
export interface Watches {
  readWatch(reader: Reader, reference: string): Promise<EntryWatch>;
  /** The entry as it is now is known to its watcher. @throws KuraError `knowledge.too-many-watched`. */
  watch(writer: Writer, reference: string): Promise<EntryWatch>;
  unwatch(writer: Writer, reference: string): Promise<EntryWatch>;
  /** The last changed first. */
  watched(reader: Reader): Promise<readonly WatchedEntry[]>;
}

/** Of one person: more than that nobody follows, and the list is read as a whole. */
const mostWatched = 500;

export function createWatches(deps: EntriesDeps, entries: Pick<EntriesWithPlaces, 'find'>): Watches {
  const { database, unitOfWork, clock } = deps;
  return {
    async readWatch(reader, reference) {
      const { id, version } = await entries.find(reader, reference);
      const seen = await seenVersionOf(database.tables<KnowledgeTables>(), { person: reader.name, entryId: id });
      return { watched: seen !== undefined, seenVersion: seen ?? null, version };
    },

    async watch(actor, reference) {
      const { id } = await entries.find(actor, reference);
      return await unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const entry = await entryIn(tx, actor, id);
        const watch = { person: actor.name, entryId: id };
        if ((await seenVersionOf(tables, watch)) === undefined) {
          if ((await countWatches(tables, actor.name)) >= mostWatched)
            throw new KuraError('limit', 'knowledge.too-many-watched', { params: { most: mostWatched } });
          await tx.audit({ action: 'knowledge.watch-entry', subject: subjectOf(entry), result: 'done' });
        }
        await putWatch(tables, watch, { version: entry.version, at: nowInstant(clock) });
        return { watched: true, seenVersion: entry.version, version: entry.version };
      });
    },

    async unwatch(actor, reference) {
      const entry = await entries.find(actor, reference);
      await unitOfWork.write(actor, async (tx) => {
        await deleteWatch(tx.tables<KnowledgeTables>(), { person: actor.name, entryId: entry.id });
        await tx.audit({ action: 'knowledge.unwatch-entry', subject: subjectOf(entry), result: 'done' });
      });
      return { watched: false, seenVersion: null, version: entry.version };
    },

    async watched(reader) {
      const reads = database.tables<KnowledgeTables>();
      const scope = scopeOf(reader);
      const beside = Map.groupBy(await changedBeside(reads, reader.name, scope), ({ watched }) => watched);
      return (await watchedBy(reads, reader.name, scope)).map((one) => ({
        ...one,
        linked: (beside.get(one.entry.id) ?? []).map(({ entry }) => entry),
      }));
    },
  };
}
