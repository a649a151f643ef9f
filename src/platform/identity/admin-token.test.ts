import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';

import { adminToken, sameSecret } from './admin-token.ts';

describe('adminToken', () => {
  let runFolder: string;
  before(async () => {
    runFolder = await mkdtemp(join(tmpdir(), 'kura-token-'));
  });
  after(() => rm(runFolder, { recursive: true, force: true }));

  it('is made once, for the owner only, and stays', async () => {
    const options = { configured: undefined, runFolder, random: systemRandom, profile: 'production' } as const;
    const made = await adminToken(options);
    assert.match(made, /^kura_[\w-]{43}$/);
    assert.equal(await adminToken(options), made);
    const path = join(runFolder, 'admin-token');
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal((await readFile(path, 'utf8')).trim(), made);
  });

  it('is refused in production when it is short or repeats itself, and taken elsewhere', async () => {
    const options = { runFolder, random: systemRandom };
    for (const configured of ['admin', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']) {
      await assert.rejects(adminToken({ ...options, configured, profile: 'production' }), /identity.weak-secret/);
      assert.equal(await adminToken({ ...options, configured, profile: 'development' }), configured);
    }
  });
});

describe('sameSecret', () => {
  it('compares texts of any length', () => {
    assert.equal(sameSecret('a', 'a'), true);
    assert.equal(sameSecret('a', 'ab'), false);
    assert.equal(sameSecret('', ''), true);
  });
});
