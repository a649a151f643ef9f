import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { MIB } from '#kernel/units';

import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { startFaultServer } from './testing/fault-server.ts';

const file = randomFile(24 * MIB + 99);
const expected = { hashes: { SHA256: sha256Of(file) } };

async function flipOnDisk(path: string, position: number): Promise<void> {
  await using handle = await open(path, 'r+');
  await handle.write(Buffer.from([(file[position] ?? 0) ^ 1]), 0, 1, position);
}

describe('downloadFile, whose bytes turn out wrong,', () => {
  it('fetches only the blocks again that the disk has spoilt', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await (await kit.download(`${server.origin}/file`, { expected }))[Symbol.asyncDispose]();
    await flipOnDisk(`${kit.target}.part`, 5 * MIB + 7);
    await flipOnDisk(`${kit.target}.part`, 20 * MIB + 7);
    const before = server.sentBytes;
    await using staged = await kit.download(`${server.origin}/file`, { expected });
    assert.equal(staged.refetched, true);
    // A slow line has smaller blocks than the largest, of 1 MiB.
    assert.ok(staged.networkBytes > 0 && staged.networkBytes <= 2 * MIB, `${staged.networkBytes} bytes again`);
    assert.equal(server.sentBytes - before, staged.networkBytes);
    await staged.commit();
    assert.ok((await kit.read('model.bin')).equals(file));
    assert.deepEqual(await kit.names(), ['model.bin']);
  });

  it('fetches everything once more, over what is there, when the wrong bytes came that way', async () => {
    await using server = await startFaultServer(file, (_request, hit) => (hit === 1 ? { flipByte: 3 * MIB } : {}));
    await using kit = await createDownloadKit();
    const request = { expected, connections: 1, reserveBytes: 70 * MIB };
    // Room for one copy, not for two.
    const deps = { freeBytes: async () => 100 * MIB };
    await using staged = await kit.download(`${server.origin}/file`, request, deps);
    assert.equal(staged.refetched, true);
    assert.equal(staged.networkBytes, 2 * file.length);
    assert.deepEqual(await kit.names(), [
      'model.bin.part',
      'model.bin.part.blocks',
      'model.bin.part.json',
      'model.bin.part.lock',
    ]);
    await staged.commit();
    assert.ok((await kit.read('model.bin')).equals(file));
  });

  it('says that two downloads agreed when the published hash is the one that is wrong, and keeps the bytes', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const wrong = { hashes: { SHA256: 'a'.repeat(64) } };
    await assert.rejects(kit.download(`${server.origin}/file`, { expected: wrong }), {
      code: 'transfer.hash-mismatch',
      params: {
        algorithm: 'SHA256',
        expected: 'a'.repeat(64),
        actual: sha256Of(file),
        path: `${kit.target}.part.bad`,
        twoAgreed: true,
      },
    });
    assert.deepEqual(await kit.names(), ['model.bin.part.bad']);
    assert.ok((await kit.read('model.bin.part.bad')).equals(file));
  });
});
