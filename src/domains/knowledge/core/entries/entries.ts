/** Writing and reading single entries. Every change is searchable with its commit. */
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { ChangedEntry, EntryView, NewEntry } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { findRemoved } from '../../store/version-store.ts';
import { dropUnheld } from '../attachments/drop-unheld.ts';
import { namedTags, readTagNames } from '../tags/tag-names.ts';
import {
  addEntry,
  type EntriesDeps,
  entryIn,
  entryOfVersion,
  keptContent,
  notFound,
  removeEntry,
  replaceEntry,
  viewOf,
  type Writer,
} from './entry-changes.ts';
import { contentHash, type Entry } from './entry-content.ts';
import type { EntryWriter } from './entry-writer.ts';
import { type IncidentDraft, incidentEntry } from './incident-draft.ts';
import { afterLostRace } from './lost-race.ts';
import { writtenContent } from './publishing-rules.ts';
import { purgeOld } from './purge-old.ts';
import { mayRead, type Reader, scopeOf } from './reading-scope.ts';

export interface DraftedIncident {
  readonly id: string;
  /** False when an incident with the same key was there before; it is left as it is. */
  readonly created: boolean;
}

export interface Entries {
  /** @throws KuraError `knowledge.external-id-taken`, `knowledge.too-many-words`, and as `settledContent`. */
  create(actor: Actor, entry: NewEntry): Promise<EntryView>;
  /**
   * By id, or by the id it has where it came from; of what was joined with another entry, that one.
   * @throws KuraError `knowledge.entry-not-found`, also for what the reader may not see.
   */
  read(reader: Reader, reference: string): Promise<EntryView>;
  /**
   * Replaces what people write. The same content again changes nothing, the version included.
   * @throws KuraError `knowledge.entry-not-found`, `knowledge.stale-version`, `knowledge.too-many-words`, and as `settledContent`.
   */
  update(writer: Writer, id: string, change: ChangedEntry): Promise<EntryView>;
  /** Out of everything at once; it can come back. @throws KuraError `knowledge.entry-not-found`. */
  remove(writer: Writer, id: string): Promise<void>;
  /** Files a draft of an incident; the same `dedupeKey` again files nothing. */
  draftIncident(actor: Actor, draft: IncidentDraft): Promise<DraftedIncident>;
}

export interface EntriesWithPlaces extends Entries {
  /** As `read`, with the place in the index. @throws KuraError `knowledge.entry-not-found`. */
  find(reader: Reader, reference: string): Promise<Entry>;
}

export function createEntries(deps: EntriesDeps): EntriesWithPlaces {
  const { database, unitOfWork, writer } = deps;

  async function find(reader: Reader, reference: string): Promise<Entry> {
    const entry = await findReferred(reference);
    if (entry === undefined || !mayRead(scopeOf(reader), entry)) throw notFound(reference);
    return entry;
  }

  return {
    find,
    create: (actor, { externalId, note, ...entry }) =>
      unitOfWork.write(actor, async (tx) => {
        const content = await keptContent(tx, deps, writtenContent(entry, undefined));
        return viewOf(await addEntry(tx, writer, { content, externalId, note }));
      }),

    async read(reader, reference) {
      return viewOf(await find(reader, reference));
    },

    update: (actor, id, { version, note, ...change }) =>
      unitOfWork.write(actor, async (tx) => {
        const before = await entryOfVersion(tx, actor, { id, version });
        const content = await keptContent(tx, deps, writtenContent(change, before), before);
        return contentHash(content) === before.contentHash
          ? viewOf(before)
          : viewOf(await replaceEntry(tx, writer, { before, content, note }));
      }),

    async remove(actor, id) {
      const contents = await unitOfWork.write(actor, async (tx) => {
        await removeEntry(tx, deps, await entryIn(tx, actor, id));
        return await purgeOld(tx, deps);
      });
      await dropUnheld(deps, contents);
    },

    draftIncident: (actor, draft) =>
      afterLostRace(() => unitOfWork.write(actor, (tx) => fileIncident(tx, writer, draft))),
  };

  async function findReferred(reference: string): Promise<Entry | undefined> {
    const reads = database.tables<KnowledgeTables>();
    const [byId] = await findEntries(reads, 'id', [reference]);
    const entry = byId ?? (await findEntries(reads, 'external_id', [reference]))[0];
    if (entry !== undefined) return entry;
    const removed = (await findRemoved(reads, 'id', reference)) ?? (await findRemoved(reads, 'external_id', reference));
    // Joined chains are told anew at each joining, so one step is enough.
    const target = removed?.mergedInto ?? undefined;
    return target === undefined ? undefined : (await findEntries(reads, 'id', [target]))[0];
  }
}

async function fileIncident(tx: WriteTransaction, writer: EntryWriter, draft: IncidentDraft): Promise<DraftedIncident> {
  const incident = incidentEntry(draft);
  const [existing] = await findEntries(tx.tables<KnowledgeTables>(), 'external_id', [incident.externalId]);
  if (existing !== undefined) return { id: existing.id, created: false };
  const content = namedTags(await readTagNames(tx.tables<KnowledgeTables>()), incident.content);
  const { id } = await addEntry(tx, writer, { ...incident, content });
  return { id, created: true };
}
