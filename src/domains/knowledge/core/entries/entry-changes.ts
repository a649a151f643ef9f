/** Changes of entries inside a transaction, each with its audit record and event. */
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork, WriteTransaction } from '#platform/unit-of-work';

import type { EntryView } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { keepRemoved } from '../../store/version-store.ts';
import type { AttachmentFiles } from '../attachments/attachment-files.ts';
import { namedTags, readTagNames } from '../tags/tag-names.ts';
import type { Entry, EntryContent } from './entry-content.ts';
import { entryRemoved, entrySaved } from './entry-events.ts';
import { termsOf } from './entry-terms.ts';
import type { EntryWriter } from './entry-writer.ts';
import { type KnowledgeRules, settledContent } from './publishing-rules.ts';
import { isLimited, listenersOf, mayRead, type Reader, scopeOf } from './reading-scope.ts';

/** Who writes: known to the audit log, and reader of what they change. */
export type Writer = Actor & Reader;

export interface EntriesDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly writer: EntryWriter;
  /** The bytes of files beside entries. */
  readonly files: AttachmentFiles;
  readonly rules: () => KnowledgeRules;
}

/** The entry, as far as the reader may see it. @throws KuraError `knowledge.entry-not-found`. */
export async function entryIn(tx: WriteTransaction, reader: Reader, id: string): Promise<Entry> {
  const [entry] = await findEntries(tx.tables<KnowledgeTables>(), 'id', [id]);
  if (entry === undefined || !mayRead(scopeOf(reader), entry)) throw notFound(id);
  return entry;
}

/** @throws KuraError `knowledge.entry-not-found`, `knowledge.stale-version`. */
export async function entryOfVersion(
  tx: WriteTransaction,
  reader: Reader,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<Entry> {
  const entry = await entryIn(tx, reader, id);
  if (entry.version !== version) {
    throw new KuraError('conflict', 'knowledge.stale-version', {
      params: { id, title: entry.title, version: entry.version, given: version },
    });
  }
  return entry;
}

/**
 * What was written as it is kept: tags by the name that counts, and what publishing asks for.
 * @throws KuraError as `settledContent`.
 */
export async function keptContent(
  tx: WriteTransaction,
  { rules, clock }: Pick<EntriesDeps, 'rules' | 'clock'>,
  content: EntryContent,
  before?: EntryContent,
): Promise<EntryContent> {
  const written = namedTags(await readTagNames(tx.tables<KnowledgeTables>()), content);
  return settledContent(written, before, { rules: rules(), clock, writer: tx.actor.name });
}

export interface NewContent {
  readonly content: EntryContent;
  readonly externalId?: string | undefined;
  readonly note?: string | undefined;
}

export async function addEntry(tx: WriteTransaction, writer: EntryWriter, added: NewContent): Promise<Entry> {
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

export interface Replacement {
  readonly before: Entry;
  readonly content: EntryContent;
  readonly note?: string | undefined;
  readonly restoredFrom?: number;
}

export async function replaceEntry(tx: WriteTransaction, writer: EntryWriter, change: Replacement): Promise<Entry> {
  const { before } = change;
  const [entry] = await writer.replace(tx, [{ ...change, terms: termsOf(change.content) }]);
  if (entry === undefined) throw notFound(before.id);
  await tx.audit({
    action: 'knowledge.update-entry',
    subject: subjectOf(entry),
    result: 'done',
    before: stateOf(before),
    after: { ...stateOf(entry), ...(change.restoredFrom === undefined ? {} : { restoredFrom: change.restoredFrom }) },
  });
  publishSaved(tx, entry, before);
  return entry;
}

/** It can come back; links and votes of one that was joined with another entry stay with that one. */
export async function removeEntry(
  tx: WriteTransaction,
  { writer, clock }: Pick<EntriesDeps, 'writer' | 'clock'>,
  entry: Entry,
  mergedInto: string | null = null,
): Promise<void> {
  await writer.remove(tx, entry);
  await keepRemoved(tx.tables<KnowledgeTables>(), {
    entry,
    removedAt: nowInstant(clock),
    removedBy: tx.actor.name,
    mergedInto,
  });
  const { id, title, type } = entry;
  await tx.audit({
    action: 'knowledge.remove-entry',
    subject: subjectOf(entry),
    result: 'done',
    before: { type },
    ...(mergedInto === null ? {} : { after: { mergedInto } }),
  });
  tx.publish(entryRemoved, { id, title, type, audience: listenersOf(entry) });
}

function stateOf({ version, contentHash, status }: Entry) {
  return { version, contentHash, status };
}

/** Those who may see it now and could before: an entry that was closed to somebody is not announced to them. */
export function publishSaved(tx: WriteTransaction, entry: Entry, before?: Entry): void {
  const { id, title, type, status, version } = entry;
  const audience = listenersOf(entry, before);
  tx.publish(entrySaved, { id, title, type, status, version, created: version === 1, audience });
}

export function viewOf({ position: _internal, ...view }: Entry): EntryView {
  return view;
}

/** Auditors read that something was done to a limited entry, not what it is called. */
export function subjectOf({ id, title, visibility }: Omit<Entry, 'position'>) {
  return isLimited(visibility) ? { kind: 'knowledge-entry', id } : { kind: 'knowledge-entry', id, name: title };
}

export function notFound(id: string): KuraError {
  return new KuraError('not-found', 'knowledge.entry-not-found', { params: { id } });
}
