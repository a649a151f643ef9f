import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';

import { createMemoryStorage } from '../testing/memory-storage.ts';
import { createPackReader } from './pack-reader.ts';

describe('reading blobs of a pack together', () => {
  it('asks anew after a storage could not be reached', async () => {
    const storage = createMemoryStorage();
    const content = Buffer.from('what one pack holds');
    await storage.write('packs/aa/one', content);
    let isDown = true;
    const failing: typeof storage = {
      ...storage,
      read: (key, options) =>
        isDown ? Promise.reject(new KuraError('unavailable', 'vault.storage-full')) : storage.read(key, options),
    };
    const reader = createPackReader(failing, () => content.length);
    const place = { key: 'packs/aa/one', offset: 5, length: 3 };
    await assert.rejects(reader.read(place), { code: 'vault.storage-full' });
    isDown = false;
    assert.deepEqual(Buffer.from(await reader.read(place)), content.subarray(5, 8));
  });
});
