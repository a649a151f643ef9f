/**
 * The tamper test: tries to delete from a copy that is said to keep what it has. Only a probe of a few bytes is written and
 * attacked, never anything that was backed up.
 */
import type { Vault, VaultStorage } from '#engines/vault';
import { isKuraError } from '#kernel/errors';

import type { DrillFacts } from './drill-record.ts';

type Attempt = DrillFacts['checks'][number];

export interface RemovalTest {
  readonly vault: Vault;
  readonly storage: VaultStorage;
  readonly probeId: string;
  readonly signal: AbortSignal;
}

/** A passed attempt is one that was refused. */
export async function tryRemoval(test: RemovalTest): Promise<readonly Attempt[]> {
  const isRefused = await storageRefuses(test);
  return [
    ...(test.vault.appendOnly ? [await forgetNothing(test)] : []),
    { check: 'storage', passed: isRefused, detail: test.storage.location },
  ];
}

/** A snapshot that cannot exist: where Kura did not refuse, there would still be nothing to forget. */
async function forgetNothing({ vault, signal }: RemovalTest): Promise<Attempt> {
  const location = vault.location;
  try {
    await vault.forget({ snapshots: ['0'.repeat(64)], signal });
    return { check: 'kura', passed: false, detail: location };
  } catch (error) {
    signal.throwIfAborted();
    if (!isKuraError(error)) throw error;
    return { check: 'kura', passed: error.code === 'vault.append-only', detail: location };
  }
}

async function storageRefuses({ storage, probeId, signal }: RemovalTest): Promise<boolean> {
  const key = `probes/${probeId}`;
  const value = Buffer.from('Kura tried to delete this. It holds nothing.\n');
  if (storage.refusesRemoval !== undefined) return await storage.refusesRemoval(key, value, signal);
  await storage.write(key, value, signal);
  try {
    await storage.remove(key, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (isKuraError(error) && ['refused', 'forbidden'].includes(error.kind)) return true;
    // On a file system that takes files and gives none up, the system says no in words of its own.
    if (isKuraError(error) && error.kind === 'conflict') return true;
    throw error;
  }
  for await (const item of storage.list('probes/', signal)) if (item.key === key) return true;
  return false;
}
