import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { createTestFolder } from '../testing/vault-fixture.ts';
import { createMediumGuard } from './medium-guard.ts';

describe('createMediumGuard', () => {
  it('refuses an empty mount point, also behind a link and before the folder is made', async () => {
    await using folder = await createTestFolder();
    await symlink(folder.path, folder.at('link'));
    const asked: string[] = [];
    const guard = createMediumGuard(folder.at('link', 'new', 'repo'), async (path) => {
      asked.push(path);
      return '/mnt/backup';
    });
    const params = { location: folder.at('link', 'new', 'repo'), mountPoint: '/mnt/backup' };
    await assert.rejects(guard.check(), { code: 'vault.medium-not-mounted', params });
    assert.deepEqual(asked, [folder.at('new', 'repo')]);
  });

  it('looks for the mount only until the folder is known', async () => {
    await using folder = await createTestFolder();
    let looks = 0;
    const guard = createMediumGuard(folder.path, async () => {
      looks += 1;
      return undefined;
    });
    await guard.begin();
    await guard.check();
    await guard.begin();
    assert.equal(looks, 1);
  });
});
