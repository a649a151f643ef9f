/** The Markdown files of a folder, and places in it that may be written. */
import { existsSync } from 'node:fs';
import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { writeFileAtomic } from '#platform/files';

import { sha256Of } from '../attachments/attachment-files.ts';
import { attachmentFolder } from '../exchange/attachment-folder.ts';
import { decodeText } from '../exchange/decode-text.ts';
import { folderWithin, refuseOutside } from '../exchange/folder-within.ts';
import { type ImportRecord, type SkipReason, skipBecause } from '../exchange/import-record.ts';
import { readMarkdown } from '../exchange/markdown-file.ts';
import { longestRecord } from '../exchange/source-record.ts';

export interface FolderFile {
  /** Seen from the folder. */
  readonly file: string;
  readonly state: string;
  readonly read: ImportRecord | SkipReason;
}

/** Hidden files and folders, symbolic links and the folder of attachments are left out. */
export async function folderFiles(folder: string, signal: AbortSignal, below = ''): Promise<readonly FolderFile[]> {
  const files: FolderFile[] = [];
  for (const child of await readdir(join(folder, below), { withFileTypes: true })) {
    signal.throwIfAborted();
    const { name } = child;
    const file = below === '' ? name : `${below}/${name}`;
    if (name.startsWith('.') || name === attachmentFolder) continue;
    if (child.isDirectory()) files.push(...(await folderFiles(folder, signal, file)));
    else if (child.isFile() && name.toLowerCase().endsWith('.md')) files.push(await readFolderFile(folder, file));
  }
  return files;
}

export async function readFolderFile(folder: string, file: string): Promise<FolderFile> {
  const bytes = await readFile(join(folder, file));
  const text = bytes.byteLength > longestRecord ? tooLarge : decodeText(bytes);
  const title = file.replace(/^.*\//, '').replace(/\.md$/i, '');
  const read = typeof text === 'string' ? readMarkdown(text, { id: file, title }) : text;
  return { file, state: sha256Of(bytes), read };
}

const tooLarge = skipBecause('knowledge.skip-too-large', { limit: longestRecord });

/** @throws KuraError `knowledge.sync-outside`: a link in the folder leads out of it. */
export async function writeInFolder(folder: string, file: string, text: string): Promise<void> {
  await folderWithin(folder, file);
  await writeFileAtomic(join(folder, file), text);
}

/** @throws KuraError `knowledge.sync-outside`. */
export async function eraseInFolder(folder: string, file: string): Promise<void> {
  const path = join(folder, file);
  if (!existsSync(dirname(path))) return;
  await refuseOutside(await realpath(folder), dirname(path), file);
  await rm(path, { force: true });
}
