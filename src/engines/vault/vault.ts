import type { Sha256 } from '#kernel/brands';
import { KuraError } from '#kernel/errors';

import { backup } from './backup/backup.ts';
import type { BackupRequest, BackupResult } from './backup/backup-request.ts';
import { backupStream, type StreamBackupRequest } from './backup/backup-stream.ts';
import { type Difference, diffSnapshots } from './browse/diff-snapshots.ts';
import { type FoundEntry, type FoundFile, findFiles, findPaths } from './browse/find-files.ts';
import { type RestoreFileRequest, readFile, restoreFile } from './browse/read-file.ts';
import { type CopyRequest, type CopyResult, copySnapshots } from './copy/copy-snapshots.ts';
import { type ForgetRequest, type ForgetResult, forget } from './forget/forget.ts';
import type { Hold } from './holds/hold-records.ts';
import { type LiftedHold, liftHold, listHolds, type PlaceHold, placeHold } from './holds/holds.ts';
import { loadBlobStore } from './objects/blob-store.ts';
import { type PruneRequest, type PruneResult, prune } from './prune/prune.ts';
import { type RepairRequest, type RepairResult, repair } from './repair/repair.ts';
import { type LockFacts, listLocks, unlock } from './repository/locks.ts';
import type { VaultContext } from './repository/vault-context.ts';
import { statsOf, type VaultStats } from './repository/vault-stats.ts';
import { restore } from './restore/restore.ts';
import type { RestoreRequest, RestoreResult } from './restore/restore-request.ts';
import { listSnapshots, resolveSnapshot, type Snapshot, type SnapshotList } from './snapshot/snapshot.ts';
import type { FileEntry, TreeEntry } from './snapshot/tree-entry.ts';
import { readTreeList } from './snapshot/tree-list.ts';
import { type VerifyRequest, type VerifyResult, verify } from './verify/verify.ts';

/** An opened repository. Reading needs no lock; whoever writes holds the writer lock, one at a time. */
export interface Vault extends AsyncDisposable {
  readonly id: string;
  readonly encrypted: boolean;
  /** Nothing can be forgotten or pruned. */
  readonly appendOnly: boolean;
  readonly location: string;
  /**
   * Stores the folder as a new snapshot. Interrupted at any point, nothing refers to anything that is missing, and the
   * next run reuses what was stored.
   * @throws KuraError not-found `vault.source-missing`, conflict `vault.locked`, unavailable `vault.storage-full`.
   */
  backup(request: BackupRequest): Promise<BackupResult>;
  /** As `backup`, of one stream instead of a folder. When it fails, there is no snapshot. */
  backupStream(request: StreamBackupRequest): Promise<BackupResult>;
  snapshots(signal?: AbortSignal): Promise<SnapshotList>;
  /** `latest`, a full id or a unique beginning of one (4 digits or more). */
  snapshot(reference: string, signal?: AbortSignal): Promise<Snapshot>;
  /** The file list of a snapshot, depth first. */
  entries(reference: string, signal?: AbortSignal): AsyncGenerator<TreeEntry>;
  /** Path by path, in the order of the lists. */
  diff(before: string, after: string, signal?: AbortSignal): AsyncGenerator<Difference>;
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
  /** Where paths that match a pattern lie, newest snapshot first. */
  findPaths(wanted: { readonly pattern: string; readonly signal?: AbortSignal }): AsyncGenerator<FoundEntry>;
  /** Takes snapshots out, by policy or by name; their contents stay until `prune`. */
  forget(request: ForgetRequest): Promise<ForgetResult>;
  /** Removes what no snapshot refers to. */
  prune(request?: PruneRequest): Promise<PruneResult>;
  /** Copies snapshots into another opened repository. */
  copyTo(target: Vault, request?: CopyRequest): Promise<CopyResult>;
  /** Heals what is damaged from what is sound: here, in another repository, or in the living source. */
  repair(request?: RepairOptions): Promise<RepairResult>;
  hold(request: PlaceHold): Promise<Hold>;
  /** Also one whose file is gone. @throws KuraError refused `vault.append-only`, not-found `vault.hold-not-found`. */
  liftHold(id: string, signal?: AbortSignal): Promise<LiftedHold>;
  /** @throws KuraError mismatch `vault.hold-damaged`, not-found `vault.hold-missing`: somebody must look first. */
  holds(signal?: AbortSignal): Promise<readonly Hold[]>;
  /** Who is writing, or was when it died. */
  locks(signal?: AbortSignal): Promise<readonly LockFacts[]>;
  /** Removes locks whose holder is gone; with `force` also one that cannot be asked. */
  unlock(options?: { readonly force?: boolean; readonly signal?: AbortSignal }): Promise<readonly LockFacts[]>;
  stats(signal?: AbortSignal): Promise<VaultStats>;
}

export interface RepairOptions extends Omit<RepairRequest, 'from'> {
  /** A second repository: a copy of this one, or one its snapshots were copied to or from. */
  readonly from?: Vault;
}

/** What operations on two repositories need of the second; a vault of another make has none. */
const contexts = new WeakMap<Vault, VaultContext>();

export function createVault(context: VaultContext): Vault {
  const { storage, codec } = context;
  const vault: Vault = {
    id: context.config.id,
    encrypted: context.config.encryption !== 'none',
    appendOnly: context.config.appendOnly === true,
    location: storage.location,
    backup: (request) => backup(context, request),
    backupStream: (request) => backupStream(context, request),
    snapshots: (signal) => listSnapshots(storage, codec, signal),
    snapshot: (reference, signal) => resolveSnapshot(storage, codec, reference, signal),
    entries: (reference, signal) => entriesOf(context, reference, orNever(signal)),
    diff: (before, after, signal) => diffSnapshots(context, { before, after, signal: orNever(signal) }),
    verify: (request) => verify(context, request ?? {}),
    restore: (request) => restore(context, request),
    readFile: (reference, path, signal) => readFile(context, { reference, path, signal: orNever(signal) }),
    restoreFile: (request) => restoreFile(context, request),
    findFiles: ({ sha256, signal }) => findFiles(context, sha256, orNever(signal)),
    findPaths: ({ pattern, signal }) => findPaths(context, pattern, orNever(signal)),
    forget: (request) => forget(context, request),
    prune: (request) => prune(context, request ?? {}),
    copyTo: (target, request) => copySnapshots(context, contextOf(target), request ?? {}),
    repair: ({ from, ...request } = {}) =>
      repair(context, { ...request, ...(from === undefined ? {} : { from: contextOf(from) }) }),
    hold: (request) => placeHold(context, request),
    liftHold: (id, signal) => liftHold(context, id, signal),
    holds: (signal) => listHolds(context, signal),
    locks: (signal) => listLocks(context, signal),
    unlock: (options) => unlock(context, options ?? {}),
    stats: (signal) => statsOf(context, orNever(signal)),
    async [Symbol.asyncDispose]() {
      await context.workers[Symbol.asyncDispose]();
      await context.storage[Symbol.asyncDispose]?.();
    },
  };
  contexts.set(vault, context);
  return vault;
}

async function* entriesOf(context: VaultContext, reference: string, signal: AbortSignal): AsyncGenerator<TreeEntry> {
  const snapshot = await resolveSnapshot(context.storage, context.codec, reference, signal);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  yield* readTreeList(context, store, snapshot.list, signal);
}

function contextOf(vault: Vault): VaultContext {
  const context = contexts.get(vault);
  if (context === undefined)
    throw new KuraError('internal', 'kernel.unexpected', { params: { reason: 'not a vault' } });
  return context;
}

function orNever(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}
