import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';

import { createBlobCodec } from '../format/blob.ts';
import { createMemoryStorage, type MemoryStorage } from '../testing/memory-storage.ts';
import { createInlineSession } from './blob-session.ts';
import { loadBlobStore } from './blob-store.ts';

const codec = createBlobCodec({ vaultId: new Uint8Array(16) }, systemRandom);

async function fill(storage: MemoryStorage, packs: number): Promise<void> {
  const store = await loadBlobStore(storage, codec);
  for (let pack = 0; pack < packs; pack += 1) {
    await store.put(await createInlineSession(codec).identify(Buffer.from(`content ${pack}`)));
    await store.flush();
  }
}

function indexFiles(storage: MemoryStorage): string[] {
  return [...storage.values.keys()].filter((key) => key.startsWith('index/'));
}

/** Packs whose end was read while the repository was listed. */
async function packsRead(storage: MemoryStorage): Promise<number> {
  let reads = 0;
  const counting: MemoryStorage = {
    ...storage,
    read(key, options) {
      if (key.startsWith('packs/')) reads += 1;
      return storage.read(key, options);
    },
  };
  const store = await loadBlobStore(counting, codec);
  assert.equal([...store.ids()].length, 40);
  assert.deepEqual(store.damagedPacks, []);
  return reads;
}

describe('the index of packs', () => {
  it('saves reading the ends of packs, and may be lost', async () => {
    const storage = createMemoryStorage();
    await fill(storage, 40);
    assert.equal(indexFiles(storage).length, 1);
    assert.ok((await packsRead(storage)) < 10);
    for (const key of indexFiles(storage)) await storage.remove(key);
    assert.equal(await packsRead(storage), 40);
  });

  it('is not believed about packs that are gone, or not as long as they were', async () => {
    const storage = createMemoryStorage();
    await fill(storage, 40);
    const [first = '', second = ''] = [...storage.values.keys()].filter((key) => key.startsWith('packs/'));
    await storage.remove(first);
    storage.values.set(second, (storage.values.get(second) ?? Buffer.alloc(0)).subarray(0, -1));
    const store = await loadBlobStore(storage, codec);
    assert.equal([...store.ids()].length, 38);
    assert.equal(store.damagedPacks.length, 1);
  });

  it('counts as absent when a byte of it changed', async () => {
    const storage = createMemoryStorage();
    await fill(storage, 40);
    for (const key of indexFiles(storage)) {
      const damaged = Buffer.from(storage.values.get(key) ?? Buffer.alloc(0));
      damaged[60] = (damaged[60] ?? 0) ^ 1;
      storage.values.set(key, damaged);
    }
    assert.equal(await packsRead(storage), 40);
  });
});
