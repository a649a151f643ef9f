/** Entries and their attachments as one archive: the folder of `kura knowledge export`, for who has no folder on the server. */
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import { writeZip, type ZipFile } from '#platform/documents';

import type { ExportedArchive } from '../../contract/index.ts';
import { attachmentsOf } from '../../store/attachment-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { AttachmentFiles } from '../attachments/attachment-files.ts';
import type { Entry } from '../entries/entry-content.ts';
import type { Reader } from '../entries/reading-scope.ts';
import { attachmentFolder } from './attachment-folder.ts';
import { type ChosenEntries, chosenPage } from './chosen-entries.ts';
import { fileNameOf } from './export-knowledge.ts';
import { writeMarkdown } from './markdown-file.ts';

interface ArchiveDeps {
  readonly database: Database;
  readonly files: AttachmentFiles;
}

/** It is made in memory and answered in one piece; whoever has more takes the folder of `kura knowledge export`. */
const mostBytes = 48 * 1024 * 1024;

/** @throws KuraError `knowledge.nothing-to-export`, `knowledge.archive-too-large`, `knowledge.attachment-damaged`. */
export async function exportArchive(
  deps: ArchiveDeps,
  reader: Reader,
  chosen: ChosenEntries,
): Promise<ExportedArchive> {
  const packed: ZipFile[] = [];
  let [entries, files, bytes] = [0, 0, 0];
  for (let after: number | null = 0; after !== null; ) {
    const page = await chosenPage(deps.database, reader, { chosen, after });
    for (const entry of page.entries) {
      const beside = await attachedFiles(deps, entry, mostBytes - bytes);
      const text = writeMarkdown(
        entry,
        beside.map(({ name }) => name),
      );
      packed.push({ name: fileNameOf(entry), content: Buffer.from(text) }, ...beside);
      entries += 1;
      files += beside.length;
      bytes += packed.slice(-1 - beside.length).reduce((sum, { content }) => sum + content.length, 0);
      if (bytes > mostBytes) throw tooLarge();
    }
    after = page.next;
  }
  if (entries === 0) throw new KuraError('not-found', 'knowledge.nothing-to-export');
  const archive = Buffer.from(writeZip(packed, { deflate: true }));
  return {
    name: 'kura-knowledge.zip',
    mediaType: 'application/zip',
    content: archive.toString('base64'),
    entries,
    files,
  };
}

/** @param room Bytes they may take; asked before any is read. */
async function attachedFiles(
  { database, files }: ArchiveDeps,
  { id, title }: Entry,
  room: number,
): Promise<readonly ZipFile[]> {
  const attachments = await attachmentsOf(database.tables<KnowledgeTables>(), id);
  if (attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > room) throw tooLarge();
  const read: ZipFile[] = [];
  for (const { name, sha256 } of attachments) {
    const content = await files.read(sha256);
    if (content === undefined)
      throw new KuraError('internal', 'knowledge.attachment-damaged', { params: { name, title } });
    read.push({ name: `${attachmentFolder}/${id}/${name}`, content });
  }
  return read;
}

function tooLarge(): KuraError {
  return new KuraError('invalid', 'knowledge.archive-too-large', { params: { mebibytes: mostBytes / 1024 / 1024 } });
}
