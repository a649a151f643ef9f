import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { createHomeFolder, homeFolder } from './home-folder.ts';

describe('createHomeFolder', () => {
  it('makes what is missing, also above it, and again', async () => {
    const place = await mkdtemp(join(tmpdir(), 'kura-home-'));
    try {
      const home = homeFolder(join(place, 'a', 'b'));
      await createHomeFolder(home);
      await createHomeFolder(home);
      assert.equal((await stat(home.run)).mode & 0o777, 0o700);
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  });

  it('says so where no folder can be made, instead of trying for ever', {
    skip: process.platform !== 'linux',
  }, async () => {
    await assert.rejects(createHomeFolder(homeFolder('/proc/x/y')), { code: 'files.home-not-made' });
  });
});
