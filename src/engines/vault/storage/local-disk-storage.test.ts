import assert from 'node:assert/strict';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import type { KuraError } from '#kernel/errors';
import { ChunkMemory } from '../objects/chunk-memory.ts';
import { createMemoryStorage } from '../testing/memory-storage.ts';
import { collected, createTestFolder } from '../testing/vault-fixture.ts';
import { vaultStorageKit } from '../testing/vault-storage-kit.ts';
import { createLocalDiskStorage } from './local-disk-storage.ts';

vaultStorageKit('local disk', async () => {
  const folder = await createTestFolder();
  return {
    storage: createLocalDiskStorage({ folder: folder.at('repo') }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
});

vaultStorageKit('memory', async () => ({ storage: createMemoryStorage(), async [Symbol.asyncDispose]() {} }));

describe('local disk storage', () => {
  it('refuses to use up the reserve, before anything is written', async () => {
    await using folder = await createTestFolder();
    const storage = createLocalDiskStorage({ folder: folder.at('repo'), reserveBytes: Number.MAX_SAFE_INTEGER });
    assert.equal(await storage.freeBytes(), 0);
    await assert.rejects(storage.write('objects/ab/x', Buffer.alloc(1)), (error: KuraError) => {
      assert.deepEqual([error.kind, error.code], ['unavailable', 'vault.storage-full']);
      return true;
    });
    assert.deepEqual(await collected(storage.list('')), []);
  });

  it('does not show what an interrupted write left, and discards it', async () => {
    await using folder = await createTestFolder();
    const storage = createLocalDiskStorage({ folder: folder.path });
    await mkdir(folder.at('tmp'));
    await writeFile(folder.at('tmp', 'half'), 'half');
    assert.deepEqual(await collected(storage.list('')), []);
    await storage.discardUnfinished();
    assert.deepEqual(await readdir(folder.path), []);
  });

  it('brings back what lies at pages, past the cache or through it, whatever its length', async () => {
    await using folder = await createTestFolder();
    const storage = createLocalDiskStorage({ folder: folder.path });
    const memory = new ChunkMemory();
    for (const length of [4096, 2 ** 20 - 1, 2 ** 20, 3_000_000, 2 ** 21 + 4096]) {
      const value = memory.take(length).fill(length % 251);
      value.set(Buffer.from('the end'), length - 7);
      await storage.write('objects/ab/x', value);
      const range = { offset: 0, length };
      const into = memory.take(length);
      const back = await storage.read('objects/ab/x', { range, into });
      assert.ok(Buffer.from(back).equals(value), `${length}`);
      const longer = { range: { offset: 0, length: length + 1 }, into: memory.take(length + 1) };
      await assert.rejects(storage.read('objects/ab/x', longer), { code: 'vault.object-truncated' });
    }
  });

  it('refuses keys that would leave the folder', async () => {
    await using folder = await createTestFolder();
    const storage = createLocalDiskStorage({ folder: folder.path });
    for (const key of ['../x', '/x', 'a//b', 'a/../b', 'a\\b', '']) {
      await assert.rejects(storage.write(key, Buffer.alloc(1)), RangeError);
    }
  });

  it('writes nothing into what lies in the place of the medium it began with', async () => {
    await using folder = await createTestFolder();
    const storage = createLocalDiskStorage({ folder: folder.at('disk') });
    await storage.write('config', Buffer.from('x'));
    await rename(folder.at('disk'), folder.at('unplugged'));
    for (const mountPoint of [false, true]) {
      if (mountPoint) await mkdir(folder.at('disk'));
      const changed = { kind: 'unavailable', code: 'vault.medium-changed' };
      await assert.rejects(storage.write('objects/ab/x', Buffer.alloc(1)), changed);
      await assert.rejects(storage.read('config'), changed, 'what is away is not lost');
      await assert.rejects(collected(storage.list('')), changed);
      await assert.rejects(storage.remove('config'), changed);
    }
    assert.deepEqual(await readdir(folder.at('disk')), []);
    await rename(folder.at('unplugged'), folder.at('disk'));
    await storage.write('objects/ab/x', Buffer.alloc(1));
  });
});
