import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';
import { GIB, KIB, MIB } from '#kernel/units';

import { createDownloadKit, randomFile, sha256Of } from '../testing/download-kit.ts';
import { type Behave, startFaultServer } from '../testing/fault-server.ts';
import { serveVastFile } from '../testing/vast-file-server.ts';
import type { FirstLook } from './first-look.ts';

const refusal = new KuraError('refused', 'models.test-refusal');

async function setUp(sizeBytes: number, behave?: Behave) {
  const file = randomFile(sizeBytes);
  const server = await startFaultServer(file, behave);
  const kit = await createDownloadKit();
  const looks: FirstLook[] = [];
  return {
    file,
    server,
    looks,
    download: (firstLook?: (look: FirstLook) => Promise<void>) =>
      kit.download(`${server.origin}/model`, {
        expected: { hashes: { SHA256: sha256Of(file) } },
        firstLook: async (look) => {
          looks.push(look);
          await firstLook?.(look);
        },
      }),
    names: () => kit.names(),
    async [Symbol.asyncDispose]() {
      await kit[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('the first look at a file', () => {
  it('sees head and tail before the rest, and any bytes between', async () => {
    await using bench = await setUp(20 * MIB);
    const { file, looks, server } = bench;
    let requestsBefore = 0;
    await using staged = await bench.download(async ({ read }) => {
      assert.deepEqual(await read?.(5 * MIB, 5 * MIB + 100), new Uint8Array(file.subarray(5 * MIB, 5 * MIB + 100)));
      requestsBefore = server.requests.length;
    });
    assert.equal(staged.hashes.SHA256, sha256Of(file));
    assert.equal(requestsBefore, 3);
    const [look, ...more] = looks;
    assert.equal(more.length, 0);
    assert.equal(look?.totalBytes, file.length);
    assert.ok(Buffer.from(look.head).equals(file.subarray(0, 128 * KIB)));
    assert.ok(look.tail && Buffer.from(look.tail.bytes).equals(file.subarray(look.tail.start)));
    assert.equal(look.tail.start + look.tail.bytes.length, file.length);
  });

  it('refuses 12 GB for the price of its two ends, and leaves nothing', async () => {
    await using kit = await createDownloadKit();
    const tail = { start: 12 * GIB - 4, bytes: Buffer.from('tail') };
    await using server = await serveVastFile({
      sizeBytes: 12 * GIB,
      pieces: [{ start: 0, bytes: Buffer.from('head') }, tail],
    });
    const download = kit.download(
      server.url,
      {
        connections: 8,
        firstLook: async (look) => {
          assert.equal(Buffer.from(look.head.subarray(0, 4)).toString(), 'head');
          assert.equal(Buffer.from(look.tail?.bytes.subarray(-4) ?? []).toString(), 'tail');
          throw refusal;
        },
        reserveBytes: 0,
      },
      { freeBytes: async () => 100 * GIB },
    );
    await assert.rejects(download, refusal);
    assert.equal(server.sentBytes, 256 * KIB);
    assert.equal(server.asked.length, 2);
    assert.deepEqual(await kit.names(), []);
  });

  it('does not hold up small files, known to be small or found to be', async () => {
    await using bench = await setUp(3 * MIB);
    await using staged = await bench.download();
    assert.equal(staged.hashes.SHA256, sha256Of(bench.file));
    assert.equal(bench.looks.length, 0);
  });

  it('sees the head alone where ranges are ignored', async () => {
    await using bench = await setUp(6 * MIB, () => ({ ignoreRange: true }));
    await using staged = await bench.download();
    assert.equal(staged.hashes.SHA256, sha256Of(bench.file));
    const [look] = bench.looks;
    assert.ok(look && Buffer.from(look.head).equals(bench.file.subarray(0, look.head.length)));
    assert.deepEqual([look.tail, look.read], [undefined, undefined]);
  });

  it('begins again when the line breaks under it', async () => {
    await using bench = await setUp(6 * MIB, (_, hit) => (hit <= 2 ? { cutAfter: 1000 } : {}));
    await using staged = await bench.download();
    assert.equal(staged.hashes.SHA256, sha256Of(bench.file));
    assert.equal(bench.looks.length, 1);
  });

  it('looks again at another version of the file, and not at what is continued', async () => {
    const versions = ['"a"', '"a"', '"b"'];
    await using bench = await setUp(20 * MIB, (_, hit) => ({ etag: versions[hit - 1] ?? '"b"' }));
    {
      await using staged = await bench.download();
      assert.equal(staged.hashes.SHA256, sha256Of(bench.file));
    }
    assert.equal(bench.looks.length, 2);
    await using again = await bench.download();
    assert.equal(again.resumedFrom, bench.file.length);
    assert.equal(bench.looks.length, 2);
  });

  it('takes a page for what it is before anybody looks', async () => {
    await using bench = await setUp(6 * MIB, () => ({ body: Buffer.from('<!DOCTYPE html><html>'.padEnd(6 * MIB)) }));
    await assert.rejects(bench.download(), { code: 'transfer.not-the-file' });
    assert.equal(bench.looks.length, 0);
    assert.deepEqual(await bench.names(), []);
  });
});
