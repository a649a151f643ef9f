/** Writes entries with everything that belongs to them: tags, index, words. In one transaction, so they never disagree. */
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import type { WriteTransaction } from '#platform/unit-of-work';

import { attachmentNames } from '../../store/attachment-store.ts';
import { deleteEntry, insertEntries, updateEntry } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { SearchIndex } from '../../store/search-index.ts';
import { forgetRemoved, keepVersions, removedEntries } from '../../store/version-store.ts';
import { countWords } from '../../store/word-store.ts';
import { contentHash, type Entry, type EntryContent } from './entry-content.ts';
import { factsOf } from './entry-facts.ts';
import { type EntryTerms, indexedEntry, termsOf, withAttachments } from './entry-terms.ts';
import { isOpenToReaders } from './reading-scope.ts';

export interface EntryWriterDeps {
  readonly index: SearchIndex;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface AddedEntry {
  readonly content: EntryContent;
  /** `termsOf(content)`. */
  readonly terms: EntryTerms;
  readonly note?: string | undefined;
  readonly externalId?: string | undefined;
  /** Kept from an export; by default a new one. */
  readonly id?: string | undefined;
  /** Kept from an export; by default now. */
  readonly createdAt?: string | undefined;
  readonly updatedAt?: string | undefined;
}

export interface ReplacedEntry {
  readonly before: Entry;
  readonly content: EntryContent;
  /** `termsOf(content)`. */
  readonly terms: EntryTerms;
  readonly note?: string | undefined;
  /** The version whose content comes back. */
  readonly restoredFrom?: number | undefined;
}

export interface EntryWriter {
  add(tx: WriteTransaction, added: readonly AddedEntry[]): Promise<readonly Entry[]>;
  replace(tx: WriteTransaction, replaced: readonly ReplacedEntry[]): Promise<readonly Entry[]>;
  /** As it was, with its id and version. */
  bringBack(tx: WriteTransaction, entry: Omit<Entry, 'position'>): Promise<Entry>;
  remove(tx: WriteTransaction, entry: Entry): Promise<void>;
  /** After something beside it changed that it is found by. */
  reindex(tx: WriteTransaction, entry: Entry): Promise<void>;
  /** One step of putting the index in order after many changes; whether more is to do. */
  tidy(tx: WriteTransaction, step: number): Promise<boolean>;
}

export function createEntryWriter(deps: EntryWriterDeps): EntryWriter {
  const { index } = deps;

  async function insert(
    tx: WriteTransaction,
    entries: ReadonlyArray<Omit<Entry, 'position'>>,
    terms: readonly EntryTerms[],
  ): Promise<readonly Entry[]> {
    const inserted = await insertEntries(tx.tables<KnowledgeTables>(), entries);
    await index.add(tx.tables(), await placed(tx, inserted, terms));
    await countWords(tx.tables<KnowledgeTables>(), wordCounts(openWordsOf(inserted, terms), []));
    return inserted;
  }

  return {
    tidy: (tx, step) => index.tidy(tx.tables(), step),

    async add(tx, added) {
      const tables = tx.tables<KnowledgeTables>();
      const fresh = added.map((one) => newEntry(one, tx.actor.name, deps));
      const given = added.flatMap(({ id }) => id ?? []);
      const removed = await removedEntries(tables, given);
      await keepVersions(tables, removed);
      const ids = removed.map(({ id }) => id);
      await forgetRemoved(tables, ids);
      // What was removed and comes again goes on counting behind its history.
      const versions = new Map(removed.map(({ id, version }) => [id, version]));
      const entries = fresh.map((entry) => ({ ...entry, version: (versions.get(entry.id) ?? 0) + 1 }));
      const terms = added.map((one) => one.terms);
      return insert(tx, entries, terms);
    },

    async bringBack(tx, entry) {
      await forgetRemoved(tx.tables<KnowledgeTables>(), [entry.id]);
      const [back] = await insert(tx, [entry], [termsOf(entry)]);
      if (back === undefined) throw new KuraError('internal', 'kernel.unexpected', { params: { reason: entry.id } });
      return back;
    },

    async replace(tx, replaced) {
      const terms = replaced.map((one) => one.terms);
      const entries = replaced.map((one) => changedEntry(one, tx.actor.name, deps.clock));
      // The entries first: of two who change one at once, the second collides here and looks again.
      for (const entry of entries) await updateEntry(tx.tables<KnowledgeTables>(), entry);
      await keepVersions(
        tx.tables<KnowledgeTables>(),
        replaced.map(({ before }) => before),
      );
      await index.remove(
        tx.tables(),
        entries.map(({ position }) => position),
      );
      await index.add(tx.tables(), await placed(tx, entries, terms));
      const before = replaced.map((one) => openWords(one.before, termsOf(one.before)));
      await countWords(tx.tables<KnowledgeTables>(), wordCounts(openWordsOf(entries, terms), before));
      return entries;
    },

    reindex: (tx, entry) => reindexed(tx, index, entry),

    async remove(tx, entry) {
      await index.remove(tx.tables(), [entry.position]);
      await deleteEntry(tx.tables<KnowledgeTables>(), entry.position);
      await countWords(tx.tables<KnowledgeTables>(), wordCounts([], [openWords(entry, termsOf(entry))]));
    },
  };
}

async function reindexed(tx: WriteTransaction, index: SearchIndex, entry: Entry): Promise<void> {
  const names = await attachmentNames(tx.tables<KnowledgeTables>(), [entry.id]);
  await index.remove(tx.tables(), [entry.position]);
  await index.add(tx.tables(), [indexedEntry(entry, names.get(entry.id))]);
}

function newEntry(added: AddedEntry, author: string, { clock, ids }: EntryWriterDeps): Omit<Entry, 'position'> {
  const now = nowInstant(clock);
  const createdAt = added.createdAt ?? now;
  return {
    ...added.content,
    id: added.id ?? ids.next(),
    ...(added.externalId === undefined ? {} : { externalId: added.externalId }),
    version: 1,
    note: added.note ?? null,
    restoredFrom: null,
    contentHash: contentHash(added.content),
    createdAt,
    createdBy: author,
    updatedAt: added.updatedAt ?? createdAt,
    updatedBy: author,
  };
}

function changedEntry(replaced: ReplacedEntry, author: string, clock: Clock): Entry {
  const { before, content } = replaced;
  return {
    ...before,
    ...content,
    version: before.version + 1,
    note: replaced.note ?? null,
    restoredFrom: replaced.restoredFrom ?? null,
    contentHash: contentHash(content),
    updatedAt: nowInstant(clock),
    updatedBy: author,
  };
}

async function placed(tx: WriteTransaction, entries: readonly Entry[], terms: readonly EntryTerms[]) {
  const ids = entries.map(({ id }) => id);
  const names = await attachmentNames(tx.tables<KnowledgeTables>(), ids);
  return entries.flatMap((entry, place) => {
    const { position, id } = entry;
    const ofEntry = terms[place];
    if (ofEntry === undefined) return [];
    return [{ position, ...withAttachments(ofEntry.indexed, names.get(id)), facts: factsOf(entry) }];
  });
}

type Words = ReadonlySet<string>;

function openWordsOf(entries: readonly Entry[], terms: readonly EntryTerms[]): readonly Words[] {
  return entries.flatMap((entry, place) => {
    const ofEntry = terms[place];
    return ofEntry === undefined ? [] : [openWords(entry, ofEntry)];
  });
}

/** Spelling suggests to everybody what is counted, so it is counted only where everybody may look. */
function openWords(entry: Entry, { words }: EntryTerms): Words {
  return isOpenToReaders(entry) ? words : new Set();
}

function wordCounts(added: readonly Words[], removed: readonly Words[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [entries, by] of [
    [added, 1],
    [removed, -1],
  ] as const) {
    for (const words of entries) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + by);
  }
  return counts;
}
