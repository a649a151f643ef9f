/** Deleting from a storage that may keep things until a date (object lock). */
import { isKuraError } from '#kernel/errors';

import type { VaultStorage } from '../storage/storage.ts';

export interface Retained {
  readonly object: string;
  /** ISO 8601; empty when the storage does not say. */
  readonly until: string;
}

export interface Remover {
  readonly retained: readonly Retained[];
  /** True when it is gone. */
  remove(key: string, signal: AbortSignal): Promise<boolean>;
}

export function createRemover(storage: VaultStorage): Remover {
  const retained: Retained[] = [];
  return {
    retained,
    async remove(key, signal) {
      try {
        await storage.remove(key, signal);
        return true;
      } catch (error) {
        if (!isKuraError(error) || error.code !== 'vault.object-retained') throw error;
        retained.push({ object: key, until: String(error.params['until'] ?? '') });
        return false;
      }
    },
  };
}
