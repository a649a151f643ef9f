import assert from 'node:assert/strict';
import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { createDownloadKit, randomFile } from '../testing/download-kit.ts';
import { BlockLog, type BlockRecord, HEADER_BYTES, RECORD_BYTES, readBlockLog } from './block-log.ts';
import { blake3, checkBlocks } from './check-blocks.ts';

const { signal } = new AbortController();
const content = randomFile(10_000);

function record(start: number, length: number): BlockRecord {
  return { start, length, digest: Uint8Array.from(blake3(content.subarray(start, start + length))) };
}

const records = [record(0, 4096), record(8192, 1808), record(4096, 4096)];

describe('BlockLog', () => {
  it('gives back what was added, in order', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'log');
    await using log = await BlockLog.create(path);
    for (const each of records) log.add([each]);
    assert.equal(await log.settled(), HEADER_BYTES + 3 * RECORD_BYTES);
    const stored = await readBlockLog(path);
    assert.equal(stored?.id, log.id);
    assert.deepEqual(stored?.records, records);
  });

  it('passes over a torn tail, at whatever byte it tore, and goes on after the last whole record', async () => {
    for (let torn = 1; torn < RECORD_BYTES; torn += 7) {
      await using kit = await createDownloadKit();
      const path = join(kit.folder, 'log');
      {
        await using log = await BlockLog.create(path);
        for (const each of records) log.add([each]);
      }
      await truncate(path, HEADER_BYTES + 2 * RECORD_BYTES + torn);
      const stored = await readBlockLog(path);
      assert.ok(stored);
      assert.deepEqual(stored.records, records.slice(0, 2));
      {
        await using log = await BlockLog.resume(path, stored);
        log.add([record(0, 10)]);
      }
      assert.deepEqual((await readBlockLog(path))?.records, [...records.slice(0, 2), record(0, 10)]);
    }
  });

  it('passes over zeros that a power cut left where records should be', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'log');
    {
      await using log = await BlockLog.create(path);
      log.add([record(0, 4096)]);
    }
    await appendFile(path, Buffer.alloc(5 * RECORD_BYTES));
    assert.deepEqual((await readBlockLog(path))?.records, [record(0, 4096)]);
  });

  it('is not read from a file that is something else', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'log');
    assert.equal(await readBlockLog(path), undefined);
    for (const other of ['', 'KURABLK1', 'KURABLK2 and so on and on']) {
      await writeFile(path, other);
      assert.equal(await readBlockLog(path), undefined, other);
    }
  });

  it('begins anew with another name for itself', async () => {
    await using kit = await createDownloadKit();
    const path = join(kit.folder, 'log');
    await using first = await BlockLog.create(path);
    first.add([record(0, 4096)]);
    await first.settled();
    await using second = await BlockLog.create(path);
    assert.notEqual(first.id, second.id);
    assert.equal((await stat(path)).size, HEADER_BYTES);
  });
});

describe('checkBlocks', () => {
  it('tells which stretches still are what they were', async () => {
    await using kit = await createDownloadKit();
    const damaged = Buffer.from(content);
    damaged[5000] = (damaged[5000] ?? 0) ^ 1;
    await writeFile(kit.target, damaged);
    const beyond = { start: 10_000, length: 100, digest: new Uint8Array(32) };
    const checked = await checkBlocks(kit.target, [...records, beyond], signal);
    assert.deepEqual(checked.intact, [
      [0, 4096],
      [8192, 10_000],
    ]);
    assert.deepEqual(checked.damaged, [
      [4096, 8192],
      [10_000, 10_100],
    ]);
    assert.equal((await readFile(kit.target)).length, content.length);
  });

  it('believes the last record of a stretch', async () => {
    await using kit = await createDownloadKit();
    await writeFile(kit.target, content);
    const stale = { start: 0, length: 4096, digest: new Uint8Array(32) };
    assert.deepEqual((await checkBlocks(kit.target, [stale, record(0, 4096)], signal)).damaged, []);
  });
});
