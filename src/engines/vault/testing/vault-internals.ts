/** A repository's inside, for tests that put something there which the engine itself would not write. */
import { sha256 } from '#kernel/brands';
import { systemClock, systemRandom } from '#kernel/clock';

import { createBlobCodec } from '../format/blob.ts';
import { vaultIdBytes } from '../keys/vault-keys.ts';
import { type BlobStore, loadBlobStore } from '../objects/blob-store.ts';
import { createBlobWorkers } from '../objects/blob-workers.ts';
import { readConfig } from '../repository/vault-config.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { createLocalDiskStorage } from '../storage/local-disk-storage.ts';

/** Of an entry of a list, for tests that write one themselves. */
export const noFacts = { mode: 0o644, uid: 0, gid: 0, mtimeNs: 0n };
export const emptyFile = {
  ...noFacts,
  type: 'file',
  size: 0,
  sha256: sha256('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
  chunks: [],
  ctimeNs: 0n,
  inode: 1n,
  sparse: false,
  torn: false,
} as const;

export interface VaultInternals extends AsyncDisposable {
  readonly context: VaultContext;
  readonly store: BlobStore;
}

/** For a repository without encryption. */
export async function openInternals(folder: string): Promise<VaultInternals> {
  const storage = createLocalDiskStorage({ folder });
  const { config } = await readConfig(storage);
  const keys = { vaultId: vaultIdBytes(config.id) };
  const codec = createBlobCodec(keys, systemRandom);
  const workers = createBlobWorkers(keys);
  return {
    context: { storage, config, codec, workers, clock: systemClock, random: systemRandom, host: 'test' },
    store: await loadBlobStore(storage, codec),
    [Symbol.asyncDispose]: () => workers[Symbol.asyncDispose](),
  };
}
