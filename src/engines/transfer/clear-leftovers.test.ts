import assert from 'node:assert/strict';
import { link, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { systemClock } from '#kernel/clock';

import { clearLeftovers } from './clear-leftovers.ts';
import { lockPart } from './part-lock.ts';

describe('clearLeftovers', () => {
  let folder = '';
  let target = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-leftovers-'));
    target = join(folder, 'model.gguf');
    await writeFile(target, 'the whole file');
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('removes journal and lock of a process that died after the file had got its name', async () => {
    await writeFile(`${target}.part.json`, '{}');
    await writeFile(`${target}.part.lock`, '4194304 1');
    await clearLeftovers(target, systemClock);
    assert.deepEqual(await readdir(folder), ['model.gguf']);
  });

  it('removes the part when it is the same file under its second name', async () => {
    await link(target, `${target}.part`);
    await clearLeftovers(target, systemClock);
    assert.deepEqual(await readdir(folder), ['model.gguf']);
  });

  it('keeps a part that is another file', async () => {
    await writeFile(`${target}.part`, 'the beginning of');
    await writeFile(`${target}.part.json`, '{}');
    await clearLeftovers(target, systemClock);
    assert.deepEqual((await readdir(folder)).toSorted(), ['model.gguf', 'model.gguf.part', 'model.gguf.part.json']);
  });

  it('leaves everything to a living process that is at work', async () => {
    await writeFile(`${target}.part.json`, '{}');
    await using _lock = await lockPart(`${target}.part.lock`, systemClock);
    await clearLeftovers(target, systemClock);
    assert.ok((await readdir(folder)).includes('model.gguf.part.json'));
  });
});
