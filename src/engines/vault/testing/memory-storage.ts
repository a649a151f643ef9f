/** A repository in memory: passes the same kit as the disk, and lets tests damage and interrupt it cheaply. */

import type { VaultStorage } from '#engines/vault';
import { KuraError } from '#kernel/errors';

export interface MemoryStorage extends VaultStorage {
  readonly values: Map<string, Uint8Array>;
  /** Called before each write; throwing makes the write fail. */
  beforeWrite: (key: string, value: Uint8Array) => void;
  /** Called before each removal; throwing makes it fail. */
  beforeRemove: (key: string) => void;
}

export function createMemoryStorage(): MemoryStorage {
  const values = new Map<string, Uint8Array>();
  return {
    values,
    beforeWrite() {},
    beforeRemove() {},
    location: 'memory:',
    async *list(prefix, signal) {
      signal?.throwIfAborted();
      // A copy: what is listed may be removed meanwhile.
      const items = Array.from(values, ([key, value]) => ({ key, size: value.byteLength }));
      yield* items.filter((item) => item.key.startsWith(prefix));
    },
    async read(key, options = {}) {
      options.signal?.throwIfAborted();
      const value = values.get(key);
      if (value === undefined) throw new KuraError('not-found', 'vault.object-missing', { params: { object: key } });
      const range = options.range ?? { offset: 0, length: value.byteLength };
      if (range.offset + range.length > value.byteLength) {
        throw new KuraError('mismatch', 'vault.object-truncated', { params: { object: key } });
      }
      return value.slice(range.offset, range.offset + range.length);
    },
    async write(key, value, signal) {
      signal?.throwIfAborted();
      this.beforeWrite(key, value);
      // A Buffer's own slice would still be the writer's memory.
      values.set(key, new Uint8Array(value));
    },
    async create(key, value, signal) {
      if (values.has(key)) throw new KuraError('conflict', 'vault.object-exists', { params: { object: key } });
      await this.write(key, value, signal);
    },
    async remove(key) {
      this.beforeRemove(key);
      values.delete(key);
    },
    async sync() {},
    freeBytes: async () => undefined,
    async discardUnfinished() {},
  };
}
