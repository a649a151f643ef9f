/** A repository's inside, for tests that put something there which the engine itself would not write. */
import { systemClock, systemRandom } from '#kernel/clock';

import { createBlobCodec } from '../format/blob.ts';
import { vaultIdBytes } from '../keys/vault-keys.ts';
import { type BlobStore, loadBlobStore } from '../objects/blob-store.ts';
import { createBlobWorkers } from '../objects/blob-workers.ts';
import { readConfig } from '../repository/vault-config.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { createLocalDiskStorage } from '../storage/local-disk-storage.ts';

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
