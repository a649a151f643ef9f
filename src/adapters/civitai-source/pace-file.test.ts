import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { openPaceFile } from './pace-file.ts';

const clock = { now: () => 1000, monotonic: () => 0 };

describe('openPaceFile', () => {
  let folder: string;
  let warnings: string[];
  const logger = { debug: noop, info: noop, warn, error: noop, with: () => logger, setLevel: noop };
  function noop(): void {}
  function warn(event: string): void {
    warnings.push(event);
  }
  beforeEach(async () => {
    warnings = [];
    folder = await mkdtemp(join(tmpdir(), 'kura-pace-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives the next run what the last one learned, and forgets hosts about which nothing is left to know', async () => {
    const path = join(folder, 'pace.json');
    const learned = { perSecond: 0.4, opensAt: 0, quietUntil: 0 };
    const quiet = { perSecond: null, opensAt: 0, quietUntil: 9000 };
    {
      await using file = await openPaceFile({ path, clock, logger });
      assert.deepEqual(file.restored, {});
      file.changed(() => ({ learned, quiet, idle: { perSecond: null, opensAt: 999, quietUntil: 0 } }));
    }
    await using next = await openPaceFile({ path, clock, logger });
    assert.deepEqual(next.restored, { learned, quiet });
  });

  it('starts with nothing from a damaged file, and says so', async () => {
    const path = join(folder, 'pace.json');
    for (const text of ['', '{"a":', '{"a":{"perSecond":-1,"opensAt":0,"quietUntil":0}}', '[1]']) {
      await writeFile(path, text);
      await using file = await openPaceFile({ path, clock, logger });
      assert.deepEqual(file.restored, {});
    }
    assert.equal(warnings.length, 4);
  });

  it('does not fail when the file cannot be written', async () => {
    const file = await openPaceFile({ path: join(folder, 'missing', 'pace.json'), clock, logger });
    file.changed(() => ({ h: { perSecond: 1, opensAt: 0, quietUntil: 0 } }));
    await file[Symbol.asyncDispose]();
    assert.deepEqual(warnings, ['civitai.pace-not-written']);
    await assert.rejects(readFile(join(folder, 'missing', 'pace.json')), { code: 'ENOENT' });
  });
});
