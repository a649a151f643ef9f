import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

import type { StoredAnswer } from '#engines/civitai';
import { answerCacheKit } from '#engines/civitai/testing';
import { systemClock } from '#kernel/clock';

import { createFileAnswerCache } from './file-answer-cache.ts';

const answer: StoredAnswer = { at: 1, body: '{}', etag: null, lastModified: null };

function keyOf(index: number): string {
  return index.toString(16).padStart(64, '0');
}

describe('createFileAnswerCache', () => {
  let folder: string;
  let warnings: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-answers-'));
    warnings = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function open(limits: { readonly maxEntries?: number; readonly maxBytes?: number } = {}) {
    const logger = { debug: noop, info: noop, warn, error: noop, with: () => logger, setLevel: noop };
    function warn(event: string): void {
      warnings.push(event);
    }
    return createFileAnswerCache({ folder: join(folder, 'answers'), clock: systemClock, logger, ...limits });
  }
  function noop(): void {}
  function pathOf(key: string): string {
    return join(folder, 'answers', `${key}.answer.zst`);
  }

  answerCacheKit(async () => open());

  it('keeps answers between runs, readable by the owner only', async () => {
    await open().write(keyOf(1), answer);
    assert.deepEqual(await open().read(keyOf(1)), answer);
    assert.equal((await stat(pathOf(keyOf(1)))).mode & 0o777, 0o600);
  });

  it('takes a damaged file for none, removes it and says so', async () => {
    const cache = open();
    const damages: readonly ((path: string) => Promise<void>)[] = [
      (path) => truncate(path, 20),
      (path) => truncate(path, 0),
      (path) => writeFile(path, 'not zstd at all'),
      async (path) => {
        const bytes = await readFile(path);
        bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 0xff;
        await writeFile(path, bytes);
      },
      async (path) => {
        await cache.write(keyOf(2), answer);
        await writeFile(path, await readFile(pathOf(keyOf(2))));
      },
    ];
    for (const damage of damages) {
      await cache.write(keyOf(1), { ...answer, body: 'x'.repeat(500) });
      await damage(pathOf(keyOf(1)));
      assert.equal(await cache.read(keyOf(1)), null);
      await assert.rejects(stat(pathOf(keyOf(1))), { code: 'ENOENT' });
    }
    assert.deepEqual(
      warnings,
      damages.map(() => 'civitai.cache-damaged'),
    );
  });

  it('lets the longest unused go when there are too many', async () => {
    const cache = open({ maxEntries: 10 });
    for (let index = 0; index < 10; index += 1) {
      await cache.write(keyOf(index), answer);
      const used = new Date(Date.now() - (100 - index) * 1000);
      await utimes(pathOf(keyOf(index)), used, used);
    }
    assert.ok((await cache.read(keyOf(0))) !== null, 'the oldest is used once more');
    await cache[Symbol.asyncDispose]();
    await cache.write(keyOf(10), answer);
    const left = await readdir(join(folder, 'answers'));
    assert.ok(left.length <= 10);
    assert.ok((await cache.read(keyOf(0))) !== null && (await cache.read(keyOf(10))) !== null);
    assert.equal(await cache.read(keyOf(1)), null);
  });

  it('keeps within its bytes, also with what others wrote', async () => {
    const random = Array.from({ length: 2000 }, () => Math.random().toString(36)).join('');
    const other = open();
    for (let index = 0; index < 5; index += 1) await other.write(keyOf(index), { ...answer, body: random });
    const each = (await stat(pathOf(keyOf(0)))).size;
    await open({ maxBytes: 3 * each }).write(keyOf(9), { ...answer, body: random });
    assert.ok((await readdir(join(folder, 'answers'))).length <= 3);
    assert.ok((await open().read(keyOf(9))) !== null, 'the newest stays');
  });

  it('removes what a killed process left half written, not what another is writing', async () => {
    await open().write(keyOf(1), answer);
    const old = new Date(Date.now() - 2 * 3_600_000);
    await writeFile(join(folder, 'answers', 'old.tmp'), '');
    await utimes(join(folder, 'answers', 'old.tmp'), old, old);
    await writeFile(join(folder, 'answers', 'new.tmp'), '');
    await open().write(keyOf(2), answer);
    const left = await readdir(join(folder, 'answers'));
    assert.ok(!left.includes('old.tmp') && left.includes('new.tmp'));
  });

  it('drops what it cannot write and says so', async () => {
    await writeFile(join(folder, 'answers'), 'a file where the folder should be');
    const cache = open();
    await cache.write(keyOf(1), answer);
    assert.equal(await cache.read(keyOf(1)), null);
    assert.ok(warnings.includes('civitai.cache-not-written'));
  });
});
