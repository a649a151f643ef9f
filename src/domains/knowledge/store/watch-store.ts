/** Entries people want to hear of, as rows. */
import type { ReadTables, Tables } from '#platform/db';

import type { WatchedEntry } from '../contract/index.ts';
import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';

type Reads = ReadTables<KnowledgeTables>;
type Writes = Tables<KnowledgeTables>;

export interface Watch {
  readonly person: string;
  readonly entryId: string;
}

interface Seen {
  readonly version: number;
  /** Instant. */
  readonly at: string;
}

export async function putWatch(tables: Writes, { person, entryId }: Watch, seen: Seen): Promise<void> {
  const known = { seen_version: seen.version, seen_at: seen.at };
  await tables
    .insertInto('knowledge_watches')
    .values({ person, entry_id: entryId, ...known })
    .onConflict((conflict) => conflict.columns(['person', 'entry_id']).doUpdateSet(known))
    .execute();
}

export async function deleteWatch(tables: Writes, { person, entryId }: Watch): Promise<void> {
  await tables.deleteFrom('knowledge_watches').where('person', '=', person).where('entry_id', '=', entryId).execute();
}

/** Undefined: not watched. */
export async function seenVersionOf(reads: Reads, { person, entryId }: Watch): Promise<number | undefined> {
  const row = await reads
    .selectFrom('knowledge_watches')
    .select('seen_version')
    .where('person', '=', person)
    .where('entry_id', '=', entryId)
    .executeTakeFirst();
  return row?.seen_version;
}

export async function countWatches(reads: Reads, person: string): Promise<number> {
  const { watched } = await reads
    .selectFrom('knowledge_watches')
    .select(({ fn }) => fn.countAll<number>().as('watched'))
    .where('person', '=', person)
    .executeTakeFirstOrThrow();
  return watched;
}

type UnlinkedWatch = Omit<WatchedEntry, 'linked'>;

/** The last changed first. */
export async function watchedBy(
  reads: Reads,
  person: string,
  scope: ReadingScope | undefined,
): Promise<readonly UnlinkedWatch[]> {
  const rows = await reads
    .selectFrom('knowledge_watches as w')
    .innerJoin('knowledge_entries as e', 'e.id', 'w.entry_id')
    .select(['e.id', 'e.title', 'e.type', 'e.status', 'e.version', 'e.updated_at', 'e.updated_by'])
    .select(['w.seen_version', 'w.seen_at'])
    .where('w.person', '=', person)
    .where(readable(scope, 'e'))
    .orderBy('e.updated_at', 'desc')
    .orderBy('e.id')
    .execute();
  return rows.map((row) => ({
    entry: { id: row.id, title: row.title, type: row.type, status: row.status, updatedAt: row.updated_at },
    updatedBy: row.updated_by,
    version: row.version,
    seenVersion: row.seen_version,
    seenAt: row.seen_at,
    changed: row.version !== row.seen_version,
  }));
}

export interface LinkedChange {
  /** The watched entry. */
  readonly watched: string;
  readonly entry: WatchedEntry['entry'];
}

/** Entries linked with what the person watches, in either direction, that changed after it was last known. */
export async function changedBeside(
  reads: Reads,
  person: string,
  scope: ReadingScope | undefined,
): Promise<readonly LinkedChange[]> {
  const found = new Map<string, LinkedChange>();
  for (const [near, far] of [
    ['l.source_id', 'l.target_id'],
    ['l.target_id', 'l.source_id'],
  ] as const) {
    const rows = await reads
      .selectFrom('knowledge_watches as w')
      .innerJoin('knowledge_links as l', near, 'w.entry_id')
      .innerJoin('knowledge_entries as e', 'e.id', far)
      .select(['w.entry_id', 'e.id', 'e.title', 'e.type', 'e.status', 'e.updated_at'])
      .where('w.person', '=', person)
      .whereRef('e.updated_at', '>', 'w.seen_at')
      .where(readable(scope, 'e'))
      .orderBy('e.updated_at', 'desc')
      .orderBy('e.id')
      .execute();
    for (const { entry_id: watched, id, title, type, status, updated_at: updatedAt } of rows)
      found.set(`${watched} ${id}`, { watched, entry: { id, title, type, status, updatedAt } });
  }
  return [...found.values()];
}

/**
 * Who is to be told of this version of the entry: those who know an older one and were told of nothing since they looked.
 * From now on they are told of it.
 */
export async function takeUntold(
  tables: Writes,
  { entryId, version, except }: { readonly entryId: string; readonly version: number; readonly except: string },
): Promise<readonly string[]> {
  const rows = await tables
    .updateTable('knowledge_watches')
    .set({ told_version: version })
    .where('entry_id', '=', entryId)
    .where('person', '<>', except)
    .where('seen_version', '<', version)
    .whereRef('told_version', '<=', 'seen_version')
    .returning('person')
    .execute();
  return rows.map(({ person }) => person).toSorted();
}

/** Who watched `from` watches `to`, and does not know it yet; who watched both knows of `to` what they knew. */
export async function moveWatches(tables: Writes, from: string, to: string): Promise<void> {
  const rows = await tables.selectFrom('knowledge_watches').selectAll().where('entry_id', '=', from).execute();
  for (const row of rows) {
    await tables
      .insertInto('knowledge_watches')
      .values({ ...row, entry_id: to, seen_version: 0 })
      .onConflict((conflict) => conflict.columns(['person', 'entry_id']).doNothing())
      .execute();
  }
  await deleteWatchesOf(tables, [from]);
}

export async function deleteWatchesOf(tables: Writes, ids: readonly string[]): Promise<void> {
  await tables.deleteFrom('knowledge_watches').where('entry_id', 'in', ids).execute();
}
