/** Files that imported records name as standing beside them. */
import { lstat, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { isKuraError } from '#kernel/errors';
import { wayDown } from '#kernel/way-down';
import type { ReadTables } from '#platform/db';

import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { Writer } from '../entries/entry-changes.ts';
import type { ReadableRecord } from './import-batch.ts';
import { type SkipReason, skipBecause } from './import-record.ts';
import type { SourceRecord } from './source-record.ts';

export interface AttachmentImport {
  readonly reads: ReadTables<KnowledgeTables>;
  readonly attachments: Pick<Attachments, 'attach'>;
  readonly writer: Writer;
  readonly signal: AbortSignal;
}

/** After the entries are there; every file that was left out, with why. */
export async function importAttachments(
  run: AttachmentImport,
  records: readonly ReadableRecord[],
): Promise<ReadonlyArray<SourceRecord & { readonly read: SkipReason }>> {
  const left: Array<SourceRecord & { readonly read: SkipReason }> = [];
  for (const record of records) {
    for (const place of record.read.attachments ?? []) {
      const reason = await importOne(run, record, place);
      if (reason !== undefined) left.push({ ...record, read: reason });
    }
  }
  return left;
}

async function importOne(
  { reads, attachments, writer, signal }: AttachmentImport,
  { file, read }: ReadableRecord,
  place: string,
): Promise<SkipReason | undefined> {
  signal.throwIfAborted();
  const [byId] = read.kuraId === undefined ? [] : await findEntries(reads, 'id', [read.kuraId]);
  const entry = byId ?? (read.id === undefined ? [] : await findEntries(reads, 'external_id', [read.id]))[0];
  const path = await fileBelow(dirname(file), place);
  // A record without any id is found again by nobody; nor is one that was refused itself.
  if (entry === undefined || path === undefined) return skipBecause('knowledge.skip-attachment', { name: place });
  try {
    await attachments.attach(
      writer,
      entry.id,
      { name: basename(path), bytes: await readFile(path), replace: true },
      signal,
    );
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (!isKuraError(error) || !isOurs(error.code)) throw error;
    return { code: error.code, params: textParams(error.params) };
  }
}

/**
 * An ordinary file below the folder; neither a link nor a way out of it, nor a hidden one: `.git/config` may hold the
 * password of the remote, and whoever can push a record must not have it published.
 */
async function fileBelow(folder: string, place: string): Promise<string | undefined> {
  const path = join(folder, place);
  try {
    const [facts, real, base] = [await lstat(path), await realpath(path), await realpath(folder)];
    const way = wayDown(base, real);
    if (!facts.isFile() || way === undefined) return undefined;
    return way.split(sep).some((part) => part.startsWith('.')) ? undefined : path;
  } catch {
    return undefined;
  }
}

function isOurs(code: string): code is SkipReason['code'] {
  return code.startsWith('knowledge.');
}

function textParams(params: Readonly<Record<string, unknown>>): SkipReason['params'] {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
