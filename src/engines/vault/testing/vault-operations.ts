/** Everything that writes, as a task that can be interrupted, repeated and judged: for tests with faults. */
import { createLocalDiskStorage, openVault, rotateVaultKey, type VaultStorage } from '#engines/vault';

export const operationNames = ['backup', 'restore', 'forget', 'prune', 'copy', 'rotate'] as const;
export type OperationName = (typeof operationNames)[number];

export interface OperationPlace {
  /** Holds `source`, `repo`, `copy` and `target`. */
  readonly folder: string;
  readonly passphrase: string;
  /** Called before each step; may end the process or throw. */
  readonly onStep: () => void;
}

/** One run of the operation, as a person would start it. */
export async function runOperation(name: OperationName, place: OperationPlace): Promise<void> {
  const { passphrase, folder } = place;
  const storage = stepped(createLocalDiskStorage({ folder: `${folder}/repo`, reserveBytes: 0 }), place.onStep);
  if (name === 'rotate') {
    await rotateVaultKey({ storage, passphrase, scryptCost: 2 });
    return;
  }
  await using vault = await openVault({ storage, passphrase, clock: later });
  if (name === 'backup') await vault.backup({ source: `${folder}/source` });
  if (name === 'forget') await vault.forget({ keep: { last: 1 } });
  if (name === 'prune') await vault.prune();
  if (name === 'restore') {
    const target = `${folder}/target`;
    const request = { snapshot: 'latest', target, conflict: 'overwrite', deleteExtra: true } as const;
    await vault.restore({ ...request, onProgress: place.onStep });
  }
  if (name !== 'copy') return;
  const copy = stepped(createLocalDiskStorage({ folder: `${folder}/copy`, reserveBytes: 0 }), place.onStep);
  await using other = await openVault({ storage: copy, passphrase });
  await vault.copyTo(other);
}

/** After the snapshots of the fixture, whose clock is ahead of ours. */
const later = { now: () => Date.now() + 120_000, monotonic: () => performance.now() };

/** Every change of the repository is a step. */
function stepped(storage: VaultStorage, onStep: () => void): VaultStorage {
  const create = storage.create?.bind(storage);
  return {
    ...storage,
    async write(key, value, signal) {
      onStep();
      await storage.write(key, value, signal);
      onStep();
    },
    async remove(key, signal) {
      onStep();
      await storage.remove(key, signal);
    },
    async sync(signal) {
      onStep();
      await storage.sync(signal);
    },
    ...(create === undefined
      ? {}
      : {
          async create(key: string, value: Uint8Array, signal?: AbortSignal) {
            onStep();
            await create(key, value, signal);
            onStep();
          },
        }),
  };
}
