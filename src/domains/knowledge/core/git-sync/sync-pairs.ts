/** Which entry and which file belong together: by what was agreed on last, else by the ids that a file names. */
import type { ReadTables } from '#platform/db';

import type { SyncRow } from '../../contract/index.ts';
import { entriesAfter } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { type SyncedEntry, syncedEntries } from '../../store/sync-store.ts';
import type { Entry } from '../entries/entry-content.ts';
import { isOpenToReaders } from '../entries/reading-scope.ts';
import { fileNameOf } from '../exchange/export-knowledge.ts';
import { isSkipReason } from '../exchange/import-record.ts';
import { type FolderFile, folderFiles } from './folder-files.ts';

/** One entry, its file, or both. */
export interface SyncPair {
  readonly agreed: SyncedEntry | undefined;
  readonly entry: Entry | undefined;
  readonly file: FolderFile | undefined;
}

type Reads = ReadTables<KnowledgeTables>;

const entriesPerRead = 200;

export async function findPairs(
  reads: Reads,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<readonly SyncPair[]> {
  const agreed = await syncedEntries(reads, folder);
  const files = new Map((await folderFiles(folder, signal)).map((one) => [one.file, one]));
  const entries = await openEntries(reads);
  const known = new Set(agreed.map(({ entryId }) => entryId));
  const taken = new Set(agreed.map(({ file }) => file));
  const fresh = [...files.values()].filter(({ file }) => !taken.has(file));
  const named = new Map(fresh.flatMap((file) => idsOf(file).map((id) => [id, file] as const)));
  const pairs = [
    // A file that was moved is known by what stands in it.
    ...agreed.map((one) => pairOf(one, entries.get(one.entryId), files.get(one.file) ?? named.get(one.entryId))),
    ...[...entries.values()]
      .filter(({ id }) => !known.has(id))
      .map((entry) => pairOf(undefined, entry, named.get(entry.id) ?? named.get(entry.externalId ?? ''))),
  ];
  const found = new Set(pairs.map(({ file }) => file?.file));
  return [...pairs, ...fresh.filter(({ file }) => !found.has(file)).map((file) => pairOf(undefined, undefined, file))];
}

/** What the report says of a pair, whatever is done with it. */
export function rowOf({ agreed, entry, file }: SyncPair): Omit<SyncRow, 'action' | 'reason'> {
  const read = file === undefined || isSkipReason(file.read) ? undefined : file.read;
  const place = file?.file ?? agreed?.file ?? (entry === undefined ? '' : fileNameOf(entry));
  return { file: place, id: entry?.id ?? agreed?.entryId ?? null, title: entry?.title ?? read?.title ?? null };
}

/** What leaves for a folder is out of reach of every permission, so only what all may read does. */
async function openEntries(reads: Reads): Promise<ReadonlyMap<string, Entry>> {
  const open = new Map<string, Entry>();
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: readonly Entry[] = await entriesAfter(reads, after, entriesPerRead);
    for (const entry of page) if (isOpenToReaders(entry)) open.set(entry.id, entry);
    after = page.at(-1)?.position;
  }
  return open;
}

function pairOf(agreed: SyncedEntry | undefined, entry: Entry | undefined, file: FolderFile | undefined): SyncPair {
  return { agreed, entry, file };
}

/** By which ids a file can be that of an entry. */
function idsOf({ read }: FolderFile): readonly string[] {
  return isSkipReason(read) ? [] : [read.kuraId, read.id].flatMap((id) => id ?? []);
}
