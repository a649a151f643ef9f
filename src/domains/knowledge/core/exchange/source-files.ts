/** The files an import reads: those named, and those in the folders named, in an order that is always the same. */
import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';

import { systemCode } from '#kernel/errors';

import { attachmentFolder } from './attachment-folder.ts';
import { decodeText } from './decode-text.ts';
import { type SkipReason, skipBecause } from './import-record.ts';
import { type MarkdownNames, readMarkdown } from './markdown-file.ts';
import { readCsvFile } from './read-csv-file.ts';
import { readJsonLines } from './read-json-lines.ts';
import { longestRecord, type SourceRecord } from './source-record.ts';

const markdown: ReadonlySet<string> = new Set(['.md', '.markdown']);
const jsonLines: ReadonlySet<string> = new Set(['.jsonl', '.ndjson']);
const csv: ReadonlySet<string> = new Set(['.csv']);

/** Every record of every file; a file that cannot be read is one record that says why. */
export async function* readSources(paths: readonly string[], signal: AbortSignal): AsyncGenerator<SourceRecord> {
  for (const path of paths) {
    signal.throwIfAborted();
    yield* guarded(path, signal, readSource(path, signal));
  }
}

async function* readSource(path: string, signal: AbortSignal): AsyncGenerator<SourceRecord> {
  const facts = await stat(path);
  // `import .` is known by the name of the folder, too.
  const name = basename(await realpath(path));
  if (facts.isDirectory()) yield* readFolder(path, name, signal);
  else if (isKnown(name)) yield* readFileRecords(path, name, signal);
  else yield { file: path, read: skipBecause('knowledge.skip-unknown-format') };
}

/** Hidden files and folders and symbolic links are left out; so is what is neither Markdown, JSON Lines nor CSV. */
async function* readFolder(folder: string, name: string, signal: AbortSignal): AsyncGenerator<SourceRecord> {
  const children = await readdir(folder, { withFileTypes: true });
  for (const child of children.filter(isWanted).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    signal.throwIfAborted();
    const [path, childName] = [join(folder, child.name), `${name}/${child.name}`];
    const records = child.isDirectory()
      ? readFolder(path, childName, signal)
      : readFileRecords(path, childName, signal);
    yield* guarded(path, signal, records);
  }
}

function isWanted(child: Dirent): boolean {
  if (child.name.startsWith('.') || child.name === attachmentFolder) return false;
  return child.isDirectory() || (child.isFile() && isKnown(child.name));
}

function isKnown(name: string): boolean {
  const extension = extname(name).toLowerCase();
  return [markdown, jsonLines, csv].some((known) => known.has(extension));
}

function readFileRecords(path: string, name: string, signal: AbortSignal): AsyncGenerator<SourceRecord> {
  const extension = extname(name);
  if (jsonLines.has(extension.toLowerCase())) return readJsonLines(path, signal);
  if (csv.has(extension.toLowerCase())) return readCsvFile(path, signal);
  return readMarkdownFile(path, { id: name, title: basename(name, extension) }, signal);
}

async function* readMarkdownFile(
  path: string,
  names: MarkdownNames,
  signal: AbortSignal,
): AsyncGenerator<SourceRecord> {
  const { size } = await stat(path);
  if (size > longestRecord) {
    yield { file: path, read: skipBecause('knowledge.skip-too-large', { limit: longestRecord }) };
    return;
  }
  const text = decodeText(await readFile(path, { signal }));
  yield { file: path, read: typeof text === 'string' ? readMarkdown(text, names) : text };
}

/** What goes wrong with one file must not end the import of the others; being interrupted must. */
async function* guarded(
  path: string,
  signal: AbortSignal,
  records: AsyncGenerator<SourceRecord>,
): AsyncGenerator<SourceRecord> {
  try {
    yield* records;
  } catch (error) {
    signal.throwIfAborted();
    yield { file: path, read: unreadable(error) };
  }
}

function unreadable(error: unknown): SkipReason {
  const reason = error instanceof Error ? error.message : String(error);
  return systemCode(error) === 'ENOENT'
    ? skipBecause('knowledge.skip-not-there')
    : skipBecause('knowledge.skip-unreadable', { reason });
}
