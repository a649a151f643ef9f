import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { systemClock } from '#kernel/clock';

import { lockPart, ownStart } from './part-lock.ts';
import { createDownloadKit } from './testing/download-kit.ts';

describe('lockPart', () => {
  it('keeps everybody else out until it is let go', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'lock');
    {
      await using lock = await lockPart(path, systemClock);
      assert.ok(lock);
      await assert.rejects(lockPart(path, systemClock), { code: 'transfer.busy' });
    }
    await using again = await lockPart(path, systemClock);
    assert.ok(again);
  });

  it('is taken over from a process that is gone', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'lock');
    const { pid } = spawnSync('true');
    const leftBehind = [`${pid} 1`, `${process.pid} 1`, 'nonsense'];
    for (const holder of leftBehind) {
      await writeFile(path, holder);
      await using lock = await lockPart(path, systemClock);
      assert.ok(lock);
    }
    assert.deepEqual(await readdir(kit.folder), []);
  });

  it('waits for the name of a lock that is just being written', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'lock');
    await writeFile(path, '');
    const named = lockPart(path, systemClock);
    await writeFile(`${path}.named`, `${process.pid} ${ownStart()} 1`);
    await rename(`${path}.named`, path);
    await assert.rejects(named, { code: 'transfer.busy' });
  });

  it('is taken over from a process that died before it put its name in', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'lock');
    await writeFile(path, '');
    const waiting = lockPart(path, systemClock);
    await utimes(path, 0, 0);
    await using lock = await waiting;
    assert.ok(lock);
    assert.deepEqual(await readdir(kit.folder), ['lock']);
  });

  it('is won by one of many who find the same dead lock', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'lock');
    await writeFile(path, '999999999 1');
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockPart(path, systemClock)));
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('is held by one at a time however many come upon dead locks', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'lock');
    for (let round = 0; round < 40; round += 1) {
      await writeFile(path, `999999999 ${round}`);
      const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockPart(path, systemClock)));
      const won = tries.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
      assert.equal(won.length, 1, `round ${round}`);
      for (const lock of won) await lock[Symbol.asyncDispose]();
      assert.deepEqual(await readdir(kit.folder), []);
    }
  });

  it('is taken over although somebody died while taking it over', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'lock');
    await writeFile(path, '999999999 1');
    const claim = createHash('sha256').update('999999999 1').digest('hex').slice(0, 7);
    await writeFile(`${path}.${claim}`, '999999998 1');
    await using lock = await lockPart(path, systemClock);
    assert.ok(lock);
    assert.deepEqual(await readdir(kit.folder), ['lock']);
  });
});
