/** Writes entries with everything that belongs to them: tags, index, words. In one transaction, so they never disagree. */
import { type Clock, nowInstant } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { WriteTransaction } from '#platform/unit-of-work';

import { deleteEntry, insertEntries, updateEntry } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { SearchIndex } from '../../store/search-index.ts';
import { countWords } from '../../store/word-store.ts';
import { contentHash, type Entry, type EntryContent } from './entry-content.ts';
import { type EntryTerms, termsOf } from './entry-terms.ts';

export interface EntryWriterDeps {
  readonly index: SearchIndex;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface AddedEntry {
  readonly content: EntryContent;
  /** `termsOf(content)`. */
  readonly terms: EntryTerms;
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
}

export interface EntryWriter {
  add(tx: WriteTransaction, added: readonly AddedEntry[]): Promise<readonly Entry[]>;
  replace(tx: WriteTransaction, replaced: readonly ReplacedEntry[]): Promise<readonly Entry[]>;
  remove(tx: WriteTransaction, entry: Entry): Promise<void>;
}

export function createEntryWriter(deps: EntryWriterDeps): EntryWriter {
  const { index } = deps;
  return {
    async add(tx, added) {
      const terms = added.map((one) => one.terms);
      const entries = await insertEntries(
        tx.tables<KnowledgeTables>(),
        added.map((one) => newEntry(one, tx.actor.name, deps)),
      );
      await index.add(tx.tables(), placed(entries, terms));
      await countWords(tx.tables<KnowledgeTables>(), wordCounts(terms, []));
      return entries;
    },

    async replace(tx, replaced) {
      const terms = replaced.map((one) => one.terms);
      const entries = replaced.map((one) => changedEntry(one, tx.actor.name, deps.clock));
      for (const entry of entries) await updateEntry(tx.tables<KnowledgeTables>(), entry);
      await index.remove(
        tx.tables(),
        entries.map(({ position }) => position),
      );
      await index.add(tx.tables(), placed(entries, terms));
      const before = replaced.map((one) => termsOf(one.before));
      await countWords(tx.tables<KnowledgeTables>(), wordCounts(terms, before));
      return entries;
    },

    async remove(tx, entry) {
      await index.remove(tx.tables(), [entry.position]);
      await deleteEntry(tx.tables<KnowledgeTables>(), entry.position);
      await countWords(tx.tables<KnowledgeTables>(), wordCounts([], [termsOf(entry)]));
    },
  };
}

function newEntry(added: AddedEntry, author: string, { clock, ids }: EntryWriterDeps): Omit<Entry, 'position'> {
  const now = nowInstant(clock);
  const createdAt = added.createdAt ?? now;
  return {
    ...added.content,
    id: added.id ?? ids.next(),
    ...(added.externalId === undefined ? {} : { externalId: added.externalId }),
    version: 1,
    contentHash: contentHash(added.content),
    createdAt,
    createdBy: author,
    updatedAt: added.updatedAt ?? createdAt,
    updatedBy: author,
  };
}

function changedEntry({ before, content }: ReplacedEntry, author: string, clock: Clock): Entry {
  return {
    ...before,
    ...content,
    version: before.version + 1,
    contentHash: contentHash(content),
    updatedAt: nowInstant(clock),
    updatedBy: author,
  };
}

function placed(entries: readonly Entry[], terms: readonly EntryTerms[]) {
  return entries.flatMap(({ position }, place) => {
    const ofEntry = terms[place];
    return ofEntry === undefined ? [] : [{ position, ...ofEntry.indexed }];
  });
}

function wordCounts(added: readonly EntryTerms[], removed: readonly EntryTerms[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [entries, by] of [
    [added, 1],
    [removed, -1],
  ] as const) {
    for (const { words } of entries) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + by);
  }
  return counts;
}
