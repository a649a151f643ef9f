/** Files beside entries, as rows; their bytes are `core/attachments/attachment-files.ts`. */
import type { ReadTables, Tables } from '#platform/db';

import type { Attachment } from '../contract/index.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';

type Reads = ReadTables<KnowledgeTables>;
type Writes = Tables<KnowledgeTables>;

/** By name. */
export async function attachmentsOf(reads: Reads, entryId: string): Promise<readonly Attachment[]> {
  const rows = await reads
    .selectFrom('knowledge_attachments')
    .selectAll()
    .where('entry_id', '=', entryId)
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    mediaType: row.media_type,
    addedAt: row.added_at,
    addedBy: row.added_by,
  }));
}

/** Names by the id of their entry, each list sorted. */
export async function attachmentNames(
  reads: Reads,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (entryIds.length === 0) return new Map();
  const rows = await reads
    .selectFrom('knowledge_attachments')
    .select(['entry_id', 'name'])
    .where('entry_id', 'in', entryIds)
    .execute();
  const groups = Map.groupBy(rows, (row) => row.entry_id);
  return new Map([...groups].map(([id, group]) => [id, group.map(({ name }) => name).toSorted()]));
}

/** A file of the same name is replaced. */
export async function putAttachment(tables: Writes, entryId: string, attachment: Attachment): Promise<void> {
  const { name, sizeBytes, sha256, mediaType, addedAt, addedBy } = attachment;
  const rest = { sha256, size_bytes: sizeBytes, media_type: mediaType, added_at: addedAt, added_by: addedBy };
  await tables
    .insertInto('knowledge_attachments')
    .values({ entry_id: entryId, name, ...rest })
    .onConflict((conflict) => conflict.columns(['entry_id', 'name']).doUpdateSet(rest))
    .execute();
}

export async function deleteAttachment(tables: Writes, entryId: string, name: string): Promise<void> {
  await tables
    .deleteFrom('knowledge_attachments')
    .where('entry_id', '=', entryId)
    .where('name', '=', name)
    .executeTakeFirst();
}

/** What stood beside `from` stands beside `to`; of two with one name, the one that moves says where it comes from. */
export async function moveAttachments(tables: Writes, from: string, to: string): Promise<void> {
  const there = new Map((await attachmentsOf(tables, to)).map(({ name, sha256 }) => [name, sha256]));
  for (const { name, sha256 } of await attachmentsOf(tables, from)) {
    if (there.get(name) === sha256) {
      await deleteAttachment(tables, from, name);
      continue;
    }
    const kept = there.has(name) ? `${sha256.slice(0, 8)}-${name}` : name;
    await tables
      .updateTable('knowledge_attachments')
      .set({ entry_id: to, name: kept })
      .where('entry_id', '=', from)
      .where('name', '=', name)
      .execute();
  }
}

/** The contents that nobody holds by these any more may still be held by others: `isHeld` knows. */
export async function deleteAttachmentsOf(tables: Writes, entryIds: readonly string[]): Promise<readonly string[]> {
  if (entryIds.length === 0) return [];
  const rows = await tables
    .deleteFrom('knowledge_attachments')
    .where('entry_id', 'in', entryIds)
    .returning('sha256')
    .execute();
  return [...new Set(rows.map(({ sha256 }) => sha256))];
}

/** Whether any entry has a file with this content. */
export async function isHeld(reads: Reads, sha256: string): Promise<boolean> {
  const row = await reads
    .selectFrom('knowledge_attachments')
    .select('entry_id')
    .where('sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
