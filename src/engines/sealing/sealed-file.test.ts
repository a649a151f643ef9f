import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';
import { MIB } from '#kernel/units';

import { openFile, recipientOf, sealFile } from './index.ts';
import { identity, openingKeys, sealingKeys } from './testing/sealing-house.ts';

const { signal } = new AbortController();

describe('a file that is sealed or opened', () => {
  let folder: string;
  let recipient: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-sealing-'));
    recipient = await recipientOf(identity);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function pair(source: string, target: string) {
    return { source: join(folder, source), target: join(folder, target), signal };
  }

  it('comes back as it was, readable by its owner only', async () => {
    const content = systemRandom.bytes(100 * MIB + 1);
    await writeFile(join(folder, 'a'), content);
    await sealFile(pair('a', 'a.sealed'), sealingKeys('maximum', recipient));
    const result = await openFile(pair('a.sealed', 'a.opened'), openingKeys, 'maximum');
    assert.equal(result.bytes, content.byteLength);
    assert.ok((await readFile(join(folder, 'a.opened'))).equals(content));
    assert.equal((await stat(join(folder, 'a.opened'))).mode & 0o777, 0o600);
  });

  it('never takes the place of another file, and leaves nothing after a failure', async () => {
    await writeFile(join(folder, 'b'), systemRandom.bytes(3 * MIB));
    await sealFile(pair('b', 'b.sealed'), sealingKeys('high', recipient));
    const names = await readdir(folder);
    await assert.rejects(sealFile(pair('b', 'b.sealed'), sealingKeys('high', recipient)), {
      code: 'sealing.target-exists',
    });
    await assert.rejects(openFile(pair('b.sealed', 'b'), openingKeys), { code: 'sealing.target-exists' });
    const damaged = await readFile(join(folder, 'b.sealed'));
    // The last byte belongs to the signature, which is verified after everything was written.
    damaged[damaged.byteLength - 1] = (damaged.at(-1) ?? 0) ^ 1;
    await writeFile(join(folder, 'b.sealed'), damaged);
    await assert.rejects(openFile(pair('b.sealed', 'b.opened'), openingKeys), { code: 'sealing.damaged' });
    await assert.rejects(openFile(pair('b.sealed', 'b.opened'), openingKeys, 'maximum'), {
      code: 'sealing.other-level',
    });
    await assert.rejects(openFile(pair('b.sealed', 'b.opened'), { identities: [] }), {
      code: 'sealing.identity-missing',
    });
    const stopped = { ...pair('b', 'b.stopped'), signal: AbortSignal.abort() };
    await assert.rejects(sealFile(stopped, sealingKeys('high', recipient)), { name: 'AbortError' });
    assert.deepEqual(await readdir(folder), names);
  });
});
