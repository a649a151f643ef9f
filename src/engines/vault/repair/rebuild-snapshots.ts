/** Snapshots whose manifest or list is lost: brought back from a repository that has them. */
import { isKuraError } from '#kernel/errors';

import { type CopyPair, copyOne, startCopying, twinOf } from '../copy/copy-run.ts';
import type { BlobId } from '../format/blob.ts';
import { updateRegister } from '../register/snapshot-register.ts';
import { listSnapshots, type Snapshot } from '../snapshot/snapshot.ts';

export interface RebuiltSnapshot {
  readonly snapshot: BlobId;
  /** Its id now; the same when the manifest itself could be brought back. */
  readonly as: BlobId;
}

export interface LostSnapshots {
  /** Ids whose manifest is missing or cannot be read. */
  readonly manifests: readonly BlobId[];
  /** Readable ones whose list has lost a part that nothing healed. */
  readonly lists: readonly Snapshot[];
}

export async function rebuildSnapshots(pair: CopyPair, lost: LostSnapshots): Promise<readonly RebuiltSnapshot[]> {
  const { from, to, signal } = pair;
  const rebuilt: RebuiltSnapshot[] = [];
  const rest: BlobId[] = [];
  for (const id of lost.manifests) {
    if (await bringBack(pair, id)) rebuilt.push({ snapshot: id, as: id });
    else rest.push(id);
  }
  const theirs = (await listSnapshots(from.storage, from.codec, signal)).snapshots;
  const wanted = [
    ...rest.map((id) => ({ id, twin: theirs.find(({ copyOf }) => copyOf?.snapshot === id) })),
    ...lost.lists.map((snapshot) => ({
      id: snapshot.id,
      twin: theirs.find((other) => twinOf(pair, other, [snapshot]) !== undefined),
    })),
  ];
  const run = await startCopying(pair, () => undefined);
  const replaced = new Set<BlobId>();
  for (const { id, twin } of wanted) {
    if (twin === undefined) continue;
    const copy = await copyOne(run, twin);
    rebuilt.push({ snapshot: id, as: copy.id });
    if (copy.id !== id) replaced.add(id);
  }
  await updateRegister(to, signal, { before: run.register, forgotten: replaced });
  for (const id of replaced) await to.storage.remove(`snapshots/${id}`, signal);
  await to.storage.sync(signal);
  return rebuilt;
}

/** The very bytes, from a copy of the whole repository. */
async function bringBack({ from, to, signal }: CopyPair, id: BlobId): Promise<boolean> {
  if (from.config.id !== to.config.id) return false;
  try {
    const key = `snapshots/${id}`;
    const stored = await from.storage.read(key, { signal });
    to.codec.open('snapshot', id, stored);
    await to.storage.write(key, stored, signal);
    return true;
  } catch (error) {
    if (!isKuraError(error) || (error.kind !== 'mismatch' && error.kind !== 'not-found')) throw error;
    return false;
  }
}
