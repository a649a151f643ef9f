/** Every entry as a Markdown file in a folder; `kura knowledge import` brings them back unchanged. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import { writeFileAtomic } from '#platform/files';

import { entriesAfter } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { AttachmentFiles } from '../attachments/attachment-files.ts';
import type { Entry } from '../entries/entry-content.ts';
import { exportAttachments } from './export-attachments.ts';
import { writeMarkdown } from './markdown-file.ts';

export interface ExportReport {
  readonly entries: number;
  readonly folder: string;
}

export interface ExportOptions {
  readonly signal: AbortSignal;
  /** After each page of entries, with their number so far. */
  readonly onProgress?: (entries: number) => void;
}

const entriesPerRead = 200;

/** @throws KuraError `knowledge.export-folder-not-empty`: what is removed here must not live on in old files there. */
export async function exportKnowledge(
  { database, files }: { readonly database: Database; readonly files: AttachmentFiles },
  folder: string,
  { signal, onProgress }: ExportOptions,
): Promise<ExportReport> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new KuraError('conflict', 'knowledge.export-folder-not-empty', { params: { folder } });
  }
  const reads = database.tables<KnowledgeTables>();
  let entries = 0;
  let last = 0;
  for (;;) {
    const page = await entriesAfter(reads, last, entriesPerRead);
    for (const entry of page) {
      signal.throwIfAborted();
      const places = await exportAttachments({ reads, files }, entry, folder);
      await writeFileAtomic(join(folder, fileNameOf(entry)), writeMarkdown(entry, places));
    }
    entries += page.length;
    onProgress?.(entries);
    const end = page.at(-1);
    if (end === undefined) return { entries, folder };
    last = end.position;
  }
}

/** The title for people, the id to be unique; the name does not change with the type. */
export function fileNameOf({ id, title }: Pick<Entry, 'id' | 'title'>): string {
  const readable = title
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 40)
    .toWellFormed()
    .replaceAll(/^-+|-+$|\ufffd/g, '');
  return `${readable === '' ? 'entry' : readable}-${id}.md`;
}
