import { resolve } from 'node:path';

import type { Sha256 } from '#kernel/brands';
import { isKuraError, KuraError } from '#kernel/errors';

import { type BackupRequest, type BackupResult, backup } from './backup.ts';
import { type BlobStore, loadBlobStore } from './blob-store.ts';
import { readContent } from './content.ts';
import { type RestoreRequest, type RestoreResult, restore } from './restore.ts';
import { restoreFileTo } from './restore-entry.ts';
import { listSnapshots, resolveSnapshot, type Snapshot, type SnapshotList } from './snapshot.ts';
import type { FileEntry, TreeEntry } from './tree-entry.ts';
import { readTreeList } from './tree-list.ts';
import type { VaultContext } from './vault-context.ts';
import { type VerifyRequest, type VerifyResult, verify } from './verify.ts';

/** An opened repository. Reading needs no lock; one backup at a time holds the writer lock. */
export interface Vault extends AsyncDisposable {
  readonly id: string;
  readonly encrypted: boolean;
  readonly location: string;
  /**
   * Stores the folder as a new snapshot. Interrupted at any point, nothing refers to anything that is missing, and the
   * next run reuses what was stored.
   * @throws KuraError not-found `vault.source-missing`, conflict `vault.locked`, unavailable `vault.storage-full`.
   */
  backup(request: BackupRequest): Promise<BackupResult>;
  snapshots(signal?: AbortSignal): Promise<SnapshotList>;
  /** `latest`, a full id or a unique beginning of one (4 digits or more). */
  snapshot(reference: string, signal?: AbortSignal): Promise<Snapshot>;
  /** The file list of a snapshot, depth first. */
  entries(reference: string, signal?: AbortSignal): AsyncGenerator<TreeEntry>;
  verify(request?: VerifyRequest): Promise<VerifyResult>;
  restore(request: RestoreRequest): Promise<RestoreResult>;
  /**
   * Content of one file, piece by piece. Each piece is authenticated; the whole is compared at the end, so the stream
   * counts only when it ends without an error.
   * @throws KuraError not-found `vault.file-not-found`, and those of damaged objects.
   */
  readFile(reference: string, path: string | Uint8Array, signal?: AbortSignal): AsyncGenerator<Uint8Array>;
  /** Puts one file at `target`, atomically: the name shows the old content or all of the new. Its folder must exist. */
  restoreFile(request: RestoreFileRequest): Promise<FileEntry>;
  /** Where a content lies, newest snapshot first: what a broken file can be repaired from. */
  findFiles(wanted: { readonly sha256: Sha256; readonly signal?: AbortSignal }): AsyncGenerator<FoundFile>;
  stats(signal?: AbortSignal): Promise<VaultStats>;
}

export interface RestoreFileRequest {
  readonly snapshot: string;
  /** Path in the snapshot; bytes for names that are not UTF-8. */
  readonly path: string | Uint8Array;
  /** Path to write; an existing file there is replaced. */
  readonly target: string;
  readonly signal?: AbortSignal;
}

export interface FoundFile {
  readonly snapshot: Snapshot;
  readonly entry: FileEntry;
}

export interface VaultStats {
  readonly snapshots: number;
  /** Chunks, whether in packs or alone. */
  readonly objects: number;
  /** Files in the repository that hold chunks. */
  readonly storedFiles: number;
  readonly storedBytes: number;
  readonly freeBytes: number | undefined;
}

export function createVault(context: VaultContext): Vault {
  const { storage, codec } = context;
  return {
    id: context.config.id,
    encrypted: context.config.encryption !== 'none',
    location: storage.location,
    backup: (request) => backup(context, request),
    snapshots: (signal) => listSnapshots(storage, codec, signal),
    snapshot: (reference, signal) => resolveSnapshot(storage, codec, reference, signal),
    entries: (reference, signal) => entriesOf(context, reference, orNever(signal)),
    verify: (request) => verify(context, request ?? {}),
    restore: (request) => restore(context, request),
    readFile: (reference, path, signal) => readFile(context, { reference, path, signal: orNever(signal) }),
    restoreFile: (request) => restoreFile(context, request),
    findFiles: ({ sha256, signal }) => findFiles(context, sha256, orNever(signal)),
    stats: (signal) => stats(context, orNever(signal)),
    [Symbol.asyncDispose]: () => context.workers[Symbol.asyncDispose](),
  };
}

interface FileQuery {
  readonly reference: string;
  readonly path: string | Uint8Array;
  readonly signal: AbortSignal;
}

async function* entriesOf(context: VaultContext, reference: string, signal: AbortSignal): AsyncGenerator<TreeEntry> {
  const snapshot = await resolveSnapshot(context.storage, context.codec, reference, signal);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  yield* readTreeList(context, store, snapshot.list, signal);
}

async function* readFile(context: VaultContext, query: FileQuery): AsyncGenerator<Uint8Array> {
  const { entry, store } = await findFile(context, query);
  yield* readContent(context, store, entry, query.signal);
}

async function restoreFile(context: VaultContext, request: RestoreFileRequest): Promise<FileEntry> {
  const signal = orNever(request.signal);
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

async function* findFiles(context: VaultContext, sha256: Sha256, signal: AbortSignal): AsyncGenerator<FoundFile> {
  const { snapshots } = await listSnapshots(context.storage, context.codec, signal);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  for (const snapshot of snapshots.toReversed()) {
    yield* filesIn(context, store, snapshot, { sha256, signal });
  }
}

async function* filesIn(
  context: VaultContext,
  store: BlobStore,
  snapshot: Snapshot,
  wanted: { readonly sha256: Sha256; readonly signal: AbortSignal },
): AsyncGenerator<FoundFile> {
  try {
    for await (const entry of readTreeList(context, store, snapshot.list, wanted.signal)) {
      if (entry.type === 'file' && entry.sha256 === wanted.sha256) yield { snapshot, entry };
    }
  } catch (error) {
    // One damaged list must not hide what the other snapshots hold; verify reports it.
    if (!isKuraError(error) || (error.kind !== 'mismatch' && error.kind !== 'not-found')) throw error;
  }
}

async function stats(context: VaultContext, signal: AbortSignal): Promise<VaultStats> {
  const store = await loadBlobStore(context.storage, context.codec, signal);
  const { snapshots } = await listSnapshots(context.storage, context.codec, signal);
  return {
    snapshots: snapshots.length,
    objects: [...store.ids()].length,
    storedFiles: store.items.length,
    storedBytes: store.items.reduce((sum, item) => sum + item.size, 0),
    freeBytes: await context.storage.freeBytes(signal),
  };
}

function orNever(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}
