/** What entries said before, and entries that were removed, as rows. */
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import {
  entrySchema,
  entryStatusSchema,
  entryTypeSchema,
  severitySchema,
  visibilitySchema,
} from '../contract/index.ts';
import { contentOf, type Entry, type EntryContent } from '../core/entries/entry-content.ts';
import { deleteAttachmentsOf } from './attachment-store.ts';
import { deletePairsOf } from './duplicate-store.ts';
import { deleteVoicesOf } from './feedback-store.ts';
import { deleteFindingMarksOf } from './finding-mark-store.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { deleteLinksOf } from './link-store.ts';
import { deleteWatchesOf } from './watch-store.ts';

type Reads = ReadTables<KnowledgeTables>;
type Writes = Tables<KnowledgeTables>;

/** One state of an entry. */
export interface EntryVersion {
  readonly version: number;
  readonly savedAt: string;
  readonly savedBy: string;
  readonly note: string | null;
  readonly restoredFrom: number | null;
  readonly content: EntryContent;
}

const contentSchema = z.object({
  title: z.string(),
  type: entryTypeSchema,
  body: z.string(),
  tags: z.array(z.string()).readonly(),
  lang: z.string(),
  status: entryStatusSchema,
  visibility: visibilitySchema,
  department: z.string().nullable(),
  owner: z.string().nullable(),
  reviewer: z.string().nullable(),
  reviewOn: z.string().nullable(),
  severity: severitySchema.nullable(),
});

type UnplacedEntry = Omit<Entry, 'position'>;

export async function keepVersions(tables: Writes, before: readonly UnplacedEntry[]): Promise<void> {
  if (before.length === 0) return;
  const rows = before.map((entry) => ({
    entry_id: entry.id,
    version: entry.version,
    saved_at: entry.updatedAt,
    saved_by: entry.updatedBy,
    note: entry.note,
    restored_from: entry.restoredFrom,
    content: JSON.stringify(contentOf(entry)),
  }));
  await tables.insertInto('knowledge_versions').values(rows).execute();
}

/** Newest first. */
export async function versionsOf(reads: Reads, id: string, limit: number): Promise<readonly EntryVersion[]> {
  const rows = await reads
    .selectFrom('knowledge_versions')
    .selectAll()
    .where('entry_id', '=', id)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  return rows.map(versionOf);
}

export async function findVersion(reads: Reads, id: string, version: number): Promise<EntryVersion | undefined> {
  const row = await reads
    .selectFrom('knowledge_versions')
    .selectAll()
    .where('entry_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return row === undefined ? undefined : versionOf(row);
}

function versionOf(row: KnowledgeTables['knowledge_versions']): EntryVersion {
  return {
    version: row.version,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
    note: row.note,
    restoredFrom: row.restored_from,
    content: contentSchema.parse(JSON.parse(row.content)),
  };
}

export interface RemovedEntry {
  readonly entry: UnplacedEntry;
  readonly removedAt: string;
  readonly removedBy: string;
  readonly mergedInto: string | null;
}

export async function keepRemoved(tables: Writes, { entry, ...removed }: RemovedEntry): Promise<void> {
  await tables
    .insertInto('knowledge_removed')
    .values({
      id: entry.id,
      external_id: entry.externalId ?? null,
      removed_at: removed.removedAt,
      removed_by: removed.removedBy,
      merged_into: removed.mergedInto,
      entry: JSON.stringify(entrySchema.parse(entry)),
    })
    .execute();
}

/** Last removed first. */
export async function listRemoved(
  reads: Reads,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly RemovedEntry[]> {
  const rows = await reads
    .selectFrom('knowledge_removed')
    .selectAll()
    .orderBy('removed_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(removedOf);
}

/** Of several that had the same external id, the last removed. */
export async function findRemoved(
  reads: Reads,
  key: 'id' | 'external_id',
  value: string,
): Promise<RemovedEntry | undefined> {
  const row = await reads
    .selectFrom('knowledge_removed')
    .selectAll()
    .where(key, '=', value)
    .orderBy('removed_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : removedOf(row);
}

function removedOf(row: KnowledgeTables['knowledge_removed']): RemovedEntry {
  return {
    entry: entrySchema.parse(JSON.parse(row.entry)),
    removedAt: row.removed_at,
    removedBy: row.removed_by,
    mergedInto: row.merged_into,
  };
}

/** Those of `ids` that were removed, as they were. */
export async function removedEntries(tables: Writes, ids: readonly string[]): Promise<readonly UnplacedEntry[]> {
  if (ids.length === 0) return [];
  const rows = await tables.selectFrom('knowledge_removed').select('entry').where('id', 'in', ids).execute();
  return rows.map(({ entry }) => entrySchema.parse(JSON.parse(entry)));
}

/** Their history stays: they are back. */
export async function forgetRemoved(tables: Writes, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tables.deleteFrom('knowledge_removed').where('id', 'in', ids).execute();
}

/** What led to `from` leads to `to`. */
export async function redirectRemoved(tables: Writes, from: string, to: string): Promise<void> {
  await tables.updateTable('knowledge_removed').set({ merged_into: to }).where('merged_into', '=', from).execute();
}

/** Ids of what was removed before `moment`, and was not joined with another entry. */
export async function removedBefore(reads: Reads, moment: string): Promise<readonly string[]> {
  const rows = await reads
    .selectFrom('knowledge_removed')
    .select('id')
    .where('removed_at', '<', moment)
    .where('merged_into', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** With everything that is kept of them; the contents of their files, which others may hold, too. */
export async function purgeEntries(tables: Writes, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  await tables.deleteFrom('knowledge_removed').where('id', 'in', ids).execute();
  await tables.deleteFrom('knowledge_versions').where('entry_id', 'in', ids).execute();
  await deleteLinksOf(tables, ids);
  await deleteVoicesOf(tables, ids);
  await deletePairsOf(tables, ids);
  await deleteFindingMarksOf(tables, ids);
  await deleteWatchesOf(tables, ids);
  return await deleteAttachmentsOf(tables, ids);
}
