/** A backup of what is no folder: one stream, such as a program's output, becomes the one file of a snapshot. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { loadBlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { acquireWriterLock } from '../repository/writer-lock.ts';
import type { FileEntry } from '../snapshot/tree-entry.ts';
import { createTreeListWriter } from '../snapshot/tree-list.ts';
import { storeStream } from '../source/store-stream.ts';
import { findParent } from './backup.ts';
import type { BackupProgress, BackupResult } from './backup-request.ts';
import { type BackupRun, countOutcome, emptyCounts, reportProgress } from './backup-run.ts';
import { concludeRun } from './conclude-run.ts';

export interface SourceStream extends AsyncDisposable {
  readonly bytes: AsyncIterable<Uint8Array>;
  /**
   * Asked after the last byte.
   * @returns a warning that belongs to the snapshot
   * @throws whatever makes what was read worthless: then there is no snapshot
   */
  end(): Promise<string | undefined>;
}

export interface StreamBackupRequest {
  /** What the snapshot calls its source, such as `postgres:shop`; never with a password. */
  readonly source: string;
  /** Name of the file in the snapshot. */
  readonly name: string;
  /** Called when the repository is ready for it. */
  readonly open: (signal: AbortSignal) => Promise<SourceStream>;
  readonly tags?: readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BackupProgress) => void;
}

/** @throws KuraError invalid `vault.stream-name`, those of a backup, and what the stream throws. */
export async function backupStream(context: VaultContext, request: StreamBackupRequest): Promise<BackupResult> {
  const { source, name } = request;
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
    throw new KuraError('invalid', 'vault.stream-name', { params: { path: name } });
  }
  const started = context.clock.monotonic();
  const startedAt = nowInstant(context.clock);
  const requested = request.signal ?? new AbortController().signal;
  await using lock = await acquireWriterLock(context, 'backup', requested);
  const signal = AbortSignal.any([requested, lock.lost]);
  await context.storage.discardUnfinished(signal);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  const parent = await findParent(context, source, signal);
  const run: BackupRun = { context, store, signal, source, startedAt, parent, request, ...emptyCounts() };
  await using list = createTreeListWriter(context, store, signal);
  const entry = await storeFile(run, request);
  await list.add(entry);
  countOutcome(run, { entry });
  reportProgress(run);
  return await concludeRun(run, { lock, list: await list.finish(), started });
}

async function storeFile(run: BackupRun, { name, open }: StreamBackupRequest): Promise<FileEntry> {
  const { context, store, signal } = run;
  run.path = name;
  await using stream = await open(signal);
  const content = await storeStream(
    {
      context,
      store,
      signal,
      onRead(count) {
        run.readBytes += count;
        reportProgress(run);
      },
    },
    stream.bytes,
  );
  const reason = await stream.end();
  signal.throwIfAborted();
  if (reason !== undefined) run.problems.push({ path: name, code: 'vault.source-warned', reason });
  const now = BigInt(context.clock.now()) * 1_000_000n;
  return {
    type: 'file',
    path: Buffer.from(name),
    // Whatever it was before, it is nobody else's business afterwards.
    mode: 0o600,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    mtimeNs: now,
    ...content,
    ctimeNs: now,
    inode: 0n,
    sparse: false,
    torn: false,
  };
}
