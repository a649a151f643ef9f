/** Carrying one snapshot after another from one repository into another. */
import { isKuraError } from '#kernel/errors';

import { mapInOrder } from '../concurrent.ts';
import type { BlobId } from '../format/blob.ts';
import { readPieces } from '../format/content.ts';
import { type BlobStore, loadBlobStore } from '../objects/blob-store.ts';
import { readRegister, type SnapshotRegister } from '../register/snapshot-register.ts';
import { sessionFor, type VaultContext } from '../repository/vault-context.ts';
import type { WriterLock } from '../repository/writer-lock.ts';
import { type Snapshot, type SnapshotOrigin, writeSnapshot } from '../snapshot/snapshot.ts';
import type { ChunkRef, FileEntry, TreeEntry } from '../snapshot/tree-entry.ts';
import { createTreeListWriter, readTreeList } from '../snapshot/tree-list.ts';

/** Contents read at the same time. */
const WIDTH = 3;

export interface Copying {
  readonly from: VaultContext;
  readonly to: VaultContext;
  readonly source: BlobStore;
  readonly target: BlobStore;
  readonly signal: AbortSignal;
  readonly lock: WriterLock;
  /** Of the target, before this run: snapshots enter it together, when all are there. */
  readonly register: SnapshotRegister;
  /** What chunks of the source are called in the target. */
  readonly known: Map<BlobId, ChunkRef>;
  readonly onProgress: () => void;
  files: number;
  /** Bytes read from the source. */
  readBytes: number;
}

export type CopyPair = Pick<Copying, 'from' | 'to' | 'signal' | 'lock'>;

/** `onProgress` is called often; the counts are in the run. */
export async function startCopying(pair: CopyPair, onProgress: (run: Copying) => void): Promise<Copying> {
  const { from, to, signal } = pair;
  const run: Copying = {
    ...pair,
    source: await loadBlobStore(from.storage, from.codec, signal),
    target: await loadBlobStore(to.storage, to.codec, signal),
    register: await readRegister(to, signal),
    known: new Map(),
    onProgress: () => onProgress(run),
    files: 0,
    readBytes: 0,
  };
  return run;
}

/**
 * Whoever calls it updates the register when the last one is there.
 * @throws KuraError mismatch | not-found when the snapshot is damaged in the source.
 */
export async function copyOne(run: Copying, snapshot: Snapshot): Promise<Snapshot> {
  const { from, to, source, target, signal } = run;
  await using list = createTreeListWriter(to, target, signal);
  const entries = mapInOrder(readTreeList(from, source, snapshot.list, signal), WIDTH, (entry) =>
    copyEntry(run, entry),
  );
  for await (const entry of entries) {
    await list.add(entry);
    if (entry.type === 'file') run.files += 1;
    run.onProgress();
  }
  const copiedList = await list.finish();
  await target.flush(signal);
  await run.lock.confirm();
  const { id: _, signature, ...facts } = snapshot;
  const origin = snapshot.copyOf ?? { ...originOf(from, snapshot), ...signerOf(signature) };
  // The parent is a name of the other repository.
  const register = run.register.number;
  return await writeSnapshot(to, { ...facts, parent: undefined, list: copiedList, copyOf: origin, register }, signal);
}

function signerOf(signature: Snapshot['signature']): { readonly signer?: string } {
  return signature?.valid === true ? { signer: signature.key } : {};
}

async function copyEntry(run: Copying, entry: TreeEntry): Promise<TreeEntry> {
  return entry.type === 'file' ? { ...entry, chunks: await copyContent(run, entry) } : entry;
}

async function copyContent(run: Copying, file: FileEntry): Promise<readonly ChunkRef[]> {
  const known = file.chunks.flatMap(({ id }) => run.known.get(id) ?? []);
  if (known.length === file.chunks.length && known.every((chunk) => run.target.holds(chunk))) return known;
  using session = sessionFor(run.to, file.size);
  const chunks: ChunkRef[] = [];
  for await (const plain of readPieces(run.from, run.source, file, run.signal)) {
    run.readBytes += plain.byteLength;
    const original = file.chunks[chunks.length];
    const chunk = await run.target.put(await session.identify(ownCopy(plain)), run.signal);
    if (original !== undefined) run.known.set(original.id, chunk);
    chunks.push(chunk);
    run.onProgress();
  }
  return chunks;
}

/** What is handed to a session belongs to it; what was read may be shared with the reader. */
function ownCopy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** What chunks of a snapshot are called in its copy: both lists name the same paths in the same order. */
export async function learnChunks(run: Copying, original: Snapshot, copy: Snapshot): Promise<void> {
  const ours = readTreeList(run.to, run.target, copy.list, run.signal);
  try {
    for await (const theirs of readTreeList(run.from, run.source, original.list, run.signal)) {
      const next = await ours.next();
      if (next.done === true) return;
      if (theirs.type !== 'file' || next.value.type !== 'file' || next.value.sha256 !== theirs.sha256) continue;
      for (const [index, { id }] of theirs.chunks.entries()) {
        const chunk = next.value.chunks[index];
        if (chunk !== undefined && theirs.chunks.length === next.value.chunks.length) run.known.set(id, chunk);
      }
    }
  } catch (error) {
    run.signal.throwIfAborted();
    // A damaged list teaches nothing more; the rest is read again.
    if (!isKuraError(error)) throw error;
  } finally {
    await ours.return(undefined);
  }
}

/** Where a snapshot was first made: the name by which its copies know each other. */
function originOf(vault: VaultContext, snapshot: Snapshot): SnapshotOrigin {
  return snapshot.copyOf ?? { repository: vault.config.id, snapshot: snapshot.id };
}

/** The copy of `snapshot` of the source among those of the target. */
export function twinOf(
  run: Pick<Copying, 'from' | 'to'>,
  snapshot: Snapshot,
  there: readonly Snapshot[],
): Snapshot | undefined {
  const origin = originOf(run.from, snapshot);
  return there.find((other) => {
    const { repository, snapshot: id } = originOf(run.to, other);
    return repository === origin.repository && id === origin.snapshot;
  });
}
