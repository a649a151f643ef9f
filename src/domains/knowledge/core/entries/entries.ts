/** Writing and reading single entries. Every change is searchable with its commit. */
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork, WriteTransaction } from '#platform/unit-of-work';

import type { ChangedEntry, EntryView, NewEntry } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { contentHash, type Entry, type EntryContent, guessLang } from './entry-content.ts';
import { entryRemoved, entrySaved } from './entry-events.ts';
import { termsOf } from './entry-terms.ts';
import type { EntryWriter } from './entry-writer.ts';
import { type IncidentDraft, incidentEntry } from './incident-draft.ts';
import { afterLostRace } from './lost-race.ts';

export interface DraftedIncident {
  readonly id: string;
  /** False when an incident with the same key was there before; it is left as it is. */
  readonly created: boolean;
}

export interface Entries {
  /** @throws KuraError `knowledge.external-id-taken`, `knowledge.too-many-words`. */
  create(actor: Actor, entry: NewEntry): Promise<EntryView>;
  /** By id, or by the id it has where it came from. @throws KuraError `knowledge.entry-not-found`. */
  read(reference: string): Promise<EntryView>;
  /**
   * Replaces what people write. The same content again changes nothing, the version included.
   * @throws KuraError `knowledge.entry-not-found`, `knowledge.stale-version`, `knowledge.too-many-words`.
   */
  update(actor: Actor, id: string, change: ChangedEntry): Promise<EntryView>;
  /** @throws KuraError `knowledge.entry-not-found`. */
  remove(actor: Actor, id: string): Promise<void>;
  /** Files a draft of an incident; the same `dedupeKey` again files nothing. */
  draftIncident(actor: Actor, draft: IncidentDraft): Promise<DraftedIncident>;
}

export interface EntriesDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly writer: EntryWriter;
}

export function createEntries({ database, unitOfWork, writer }: EntriesDeps): Entries {
  async function find(reference: string): Promise<Entry | undefined> {
    const reads = database.tables<KnowledgeTables>();
    const [byId] = await findEntries(reads, 'id', [reference]);
    return byId ?? (await findEntries(reads, 'external_id', [reference]))[0];
  }

  return {
    create: (actor, entry) =>
      unitOfWork.write(actor, async (tx) =>
        viewOf(await addEntry(tx, writer, { content: contentOf(entry), externalId: entry.externalId })),
      ),

    async read(reference) {
      const entry = await find(reference);
      if (entry === undefined) throw notFound(reference);
      return viewOf(entry);
    },

    update: (actor, id, { version, ...change }) =>
      unitOfWork.write(actor, async (tx) => {
        const before = await entryIn(tx, id);
        if (before.version !== version) {
          throw new KuraError('conflict', 'knowledge.stale-version', {
            params: { id, title: before.title, version: before.version, given: version },
          });
        }
        const content = contentOf(change);
        return contentHash(content) === before.contentHash
          ? viewOf(before)
          : viewOf(await replaceEntry(tx, writer, { before, content }));
      }),

    remove: (actor, id) =>
      unitOfWork.write(actor, async (tx) => {
        const entry = await entryIn(tx, id);
        await writer.remove(tx, entry);
        const { title, type } = entry;
        await tx.audit({
          action: 'knowledge.remove-entry',
          subject: subjectOf(entry),
          result: 'done',
          before: { type },
        });
        tx.publish(entryRemoved, { id, title, type });
      }),

    draftIncident: (actor, draft) =>
      afterLostRace(() => unitOfWork.write(actor, (tx) => fileIncident(tx, writer, incidentEntry(draft)))),
  };
}

async function fileIncident(
  tx: WriteTransaction,
  writer: EntryWriter,
  incident: { readonly content: EntryContent; readonly externalId: string },
): Promise<DraftedIncident> {
  const [existing] = await findEntries(tx.tables<KnowledgeTables>(), 'external_id', [incident.externalId]);
  if (existing !== undefined) return { id: existing.id, created: false };
  const { id } = await addEntry(tx, writer, incident);
  return { id, created: true };
}

async function addEntry(
  tx: WriteTransaction,
  writer: EntryWriter,
  added: { readonly content: EntryContent; readonly externalId: string | undefined },
): Promise<Entry> {
  const [entry] = await writer.add(tx, [{ ...added, terms: termsOf(added.content) }]);
  if (entry === undefined) throw notFound(added.content.title);
  await tx.audit({
    action: 'knowledge.create-entry',
    subject: subjectOf(entry),
    result: 'done',
    after: { type: entry.type, status: entry.status, contentHash: entry.contentHash },
  });
  publishSaved(tx, entry);
  return entry;
}

async function replaceEntry(
  tx: WriteTransaction,
  writer: EntryWriter,
  replaced: { readonly before: Entry; readonly content: EntryContent },
): Promise<Entry> {
  const { before } = replaced;
  const [entry] = await writer.replace(tx, [{ ...replaced, terms: termsOf(replaced.content) }]);
  if (entry === undefined) throw notFound(before.id);
  await tx.audit({
    action: 'knowledge.update-entry',
    subject: subjectOf(entry),
    result: 'done',
    before: { version: before.version, contentHash: before.contentHash, status: before.status },
    after: { version: entry.version, contentHash: entry.contentHash, status: entry.status },
  });
  publishSaved(tx, entry);
  return entry;
}

function publishSaved(tx: WriteTransaction, { id, title, type, status, version }: Entry): void {
  tx.publish(entrySaved, { id, title, type, status, version, created: version === 1 });
}

async function entryIn(tx: WriteTransaction, id: string): Promise<Entry> {
  const [entry] = await findEntries(tx.tables<KnowledgeTables>(), 'id', [id]);
  if (entry === undefined) throw notFound(id);
  return entry;
}

function contentOf(entry: Omit<NewEntry, 'externalId'>): EntryContent {
  const { title, type, body, tags, status } = entry;
  return { title, type, body, tags, status, lang: entry.lang ?? guessLang(`${title}\n${body}`) };
}

function viewOf({ position: _internal, ...view }: Entry): EntryView {
  return view;
}

function subjectOf({ id, title }: Entry) {
  return { kind: 'knowledge-entry', id, name: title };
}

function notFound(id: string): KuraError {
  return new KuraError('not-found', 'knowledge.entry-not-found', { params: { id } });
}
