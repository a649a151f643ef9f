/** Files beside an entry, written beside its export. */
import { join } from 'node:path';

import { KuraError } from '#kernel/errors';
import type { ReadTables } from '#platform/db';
import { writeFileAtomic } from '#platform/files';

import { attachmentsOf } from '../../store/attachment-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { AttachmentFiles } from '../attachments/attachment-files.ts';
import type { Entry } from '../entries/entry-content.ts';
import { attachmentFolder } from './attachment-folder.ts';
import { folderWithin } from './folder-within.ts';

/**
 * Their places, seen from the folder.
 * @throws KuraError `knowledge.attachment-damaged`: an export that leaves something out is none;
 * `knowledge.sync-outside`: a link where they belong leads out of the folder.
 */
export async function exportAttachments(
  { reads, files }: { readonly reads: ReadTables<KnowledgeTables>; readonly files: AttachmentFiles },
  { id, title }: Pick<Entry, 'id' | 'title'>,
  folder: string,
): Promise<readonly string[]> {
  const attachments = await attachmentsOf(reads, id);
  const places: string[] = [];
  for (const { name, sha256 } of attachments) {
    const bytes = await files.read(sha256);
    if (bytes === undefined)
      throw new KuraError('internal', 'knowledge.attachment-damaged', { params: { name, title } });
    const place = `${attachmentFolder}/${id}/${name}`;
    await folderWithin(folder, place);
    await writeFileAtomic(join(folder, place), bytes);
    places.push(place);
  }
  return places;
}
