/** Repositories in memory with a clock that tests turn. */
import type { Clock } from '#kernel/clock';
import { DAY } from '#kernel/units';

import { initVault } from '../repository/init-vault.ts';
import { type OpenVaultOptions, openVault } from '../repository/open-vault.ts';
import type { Vault } from '../vault.ts';
import { createMemoryStorage, type MemoryStorage } from './memory-storage.ts';

export interface MemoryVault extends AsyncDisposable {
  readonly storage: MemoryStorage;
  readonly vault: Vault;
  readonly clock: TurnableClock;
}

export interface TurnableClock extends Clock {
  pass(milliseconds: number): void;
}

export interface MemoryVaultOptions extends Pick<OpenVaultOptions, 'signingKey' | 'host'> {
  readonly passphrase?: string | undefined;
  readonly appendOnly?: boolean;
  readonly chunkBytes?: number;
  readonly clock?: TurnableClock;
  readonly storage?: MemoryStorage;
}

/** A day ahead: what tests have just written counts as old enough to be trusted. */
export function createTurnableClock(): TurnableClock {
  let ahead = DAY;
  return {
    now: () => Date.now() + ahead,
    monotonic: () => performance.now(),
    pass(milliseconds) {
      ahead += milliseconds;
    },
  };
}

export async function createMemoryVault(options: MemoryVaultOptions = {}): Promise<MemoryVault> {
  const { passphrase, appendOnly = false, clock = createTurnableClock(), storage = createMemoryStorage() } = options;
  await initVault({
    storage,
    encryption: passphrase === undefined ? 'none' : 'aes256',
    scryptCost: 2,
    chunkBytes: options.chunkBytes ?? 1 << 16,
    appendOnly,
    clock,
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  return await reopenMemoryVault({ ...options, storage, clock });
}

export async function reopenMemoryVault(
  options: MemoryVaultOptions & { readonly storage: MemoryStorage; readonly clock: TurnableClock },
): Promise<MemoryVault> {
  const { passphrase, appendOnly: _, chunkBytes: __, storage, clock, ...rest } = options;
  const vault = await openVault({ storage, clock, ...rest, ...(passphrase === undefined ? {} : { passphrase }) });
  return { storage, vault, clock, [Symbol.asyncDispose]: () => vault[Symbol.asyncDispose]() };
}

/** A copy of the whole repository, as rsync would make it. */
export function cloneStorage(storage: MemoryStorage): MemoryStorage {
  const clone = createMemoryStorage();
  for (const [key, value] of storage.values) clone.values.set(key, value.slice());
  return clone;
}
