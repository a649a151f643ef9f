import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIB } from '#kernel/units';

import { BlockPool } from './blocks/block-pool.ts';
import { createHashThread } from './hash-thread.ts';
import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { startFaultServer } from './testing/fault-server.ts';

const FILES = 8;
const file = randomFile(12 * MIB + 77);

describe('downloadFile, many at a time,', () => {
  it('comes to an end on far less memory than there are connections', async () => {
    // A third of the answers break off in the middle of a block, so that blocks are given back half filled, too.
    await using server = await startFaultServer(file, (_request, hit) =>
      hit % 3 === 0 ? { cutAfter: 1_234_567 } : {},
    );
    await using hashThread = createHashThread();
    const blocks = new BlockPool(12);
    const downloads = Array.from({ length: FILES }, async () => {
      await using kit = await createDownloadKit();
      await using staged = await kit.download(`${server.origin}/file`, { connections: 8 }, { blocks, hashThread });
      return staged.hashes.SHA256;
    });
    assert.deepEqual(new Set(await Promise.all(downloads)), new Set([sha256Of(file)]));
    const left = Array.from({ length: 12 }, () => blocks.tryTake());
    assert.ok(
      left.every((block) => block !== undefined),
      'every block was given back',
    );
  });

  it('stops at once when told to, even while it waits for memory', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const blocks = new BlockPool(1);
    const held = blocks.tryTake();
    const stop = new AbortController();
    const download = kit.download(`${server.origin}/file`, { signal: stop.signal }, { blocks });
    setTimeout(() => stop.abort(), 100);
    await assert.rejects(download, { code: 'transfer.interrupted' });
    held?.release();
    assert.ok(blocks.tryTake());
  });
});
