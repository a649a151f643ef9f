/** A repository's inside, for tests that put something there which the engine itself would not write. */
import { systemClock, systemRandom } from '#kernel/clock';

import { createBlobCodec } from '../blob.ts';
import { type BlobStore, loadBlobStore } from '../blob-store.ts';
import { createBlobWorkers } from '../blob-workers.ts';
import { createLocalDiskStorage } from '../local-disk-storage.ts';
import { readConfig } from '../vault-config.ts';
import type { VaultContext } from '../vault-context.ts';
import { vaultIdBytes } from '../vault-keys.ts';

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
