/** One file of a snapshot: as a stream, or put somewhere. */
import { resolve } from 'node:path';

import { KuraError } from '#kernel/errors';

import { readContent } from '../format/content.ts';
import { type BlobStore, loadBlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { restoreFileTo } from '../restore/restore-entry.ts';
import { resolveSnapshot } from '../snapshot/snapshot.ts';
import type { FileEntry } from '../snapshot/tree-entry.ts';
import { readTreeList } from '../snapshot/tree-list.ts';

export interface RestoreFileRequest {
  readonly snapshot: string;
  /** Path in the snapshot; bytes for names that are not UTF-8. */
  readonly path: string | Uint8Array;
  /** Path to write; an existing file there is replaced. */
  readonly target: string;
  readonly signal?: AbortSignal;
}

export interface FileQuery {
  readonly reference: string;
  readonly path: string | Uint8Array;
  readonly signal: AbortSignal;
}

export async function* readFile(context: VaultContext, query: FileQuery): AsyncGenerator<Uint8Array> {
  const { entry, store } = await findFile(context, query);
  yield* readContent(context, store, entry, query.signal);
}

export async function restoreFile(context: VaultContext, request: RestoreFileRequest): Promise<FileEntry> {
  const signal = request.signal ?? new AbortController().signal;
  const { entry, store } = await findFile(context, { reference: request.snapshot, path: request.path, signal });
  const restorer = { context, store, signal, verify: true, onWritten() {} };
  await restoreFileTo(restorer, entry, Buffer.from(resolve(request.target)));
  return entry;
}

/** Follows hard links to the name that carries the content. */
async function findFile(
  context: VaultContext,
  { reference, path, signal }: FileQuery,
): Promise<{ readonly entry: FileEntry; readonly store: BlobStore }> {
  const snapshot = await resolveSnapshot(context.storage, context.codec, reference, signal);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  const wanted = Buffer.from(path);
  for await (const entry of readTreeList(context, store, snapshot.list, signal)) {
    if (!entry.path.equals(wanted)) continue;
    if (entry.type === 'file') return { entry, store };
    if (entry.type === 'hardlink') return findFile(context, { reference: snapshot.id, path: entry.target, signal });
  }
  throw new KuraError('not-found', 'vault.file-not-found', {
    params: { path: wanted.toString(), snapshot: snapshot.id.slice(0, 8) },
  });
}
