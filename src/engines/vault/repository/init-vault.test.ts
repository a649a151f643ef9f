import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { KuraError } from '#kernel/errors';
import { createLocalDiskStorage } from '../storage/local-disk-storage.ts';
import type { VaultStorage } from '../storage/storage.ts';
import { createMemoryStorage } from '../testing/memory-storage.ts';
import { createTestFolder } from '../testing/vault-fixture.ts';
import { initVault } from './init-vault.ts';
import { openVault } from './open-vault.ts';

async function initTogether(storage: VaultStorage): Promise<void> {
  const all = await Promise.allSettled([1, 2, 3].map(() => initVault({ storage, encryption: 'none' })));
  const [won, ...others] = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
  assert.deepEqual(others, []);
  for (const one of all) {
    if (one.status === 'rejected') assert.equal((one.reason as KuraError).code, 'vault.already-exists');
  }
  assert.deepEqual(await storage.read('config'), await storage.read('config.copy'));
  await using vault = await openVault({ storage });
  assert.equal(vault.id, won);
}

describe('initVault', () => {
  it('makes one repository for several who start at the same moment', async () => {
    await initTogether(createMemoryStorage());
    await using folder = await createTestFolder();
    await initTogether(createLocalDiskStorage({ folder: folder.at('repo') }));
  });

  it('may be tried again after it was cut short', async () => {
    const storage = createMemoryStorage();
    storage.beforeWrite = (key) => {
      if (key === 'config') throw new Error('cut');
    };
    await assert.rejects(initVault({ storage, encryption: 'none' }), /cut/);
    storage.beforeWrite = () => undefined;
    await initVault({ storage, encryption: 'none' });
  });
});
