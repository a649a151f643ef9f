import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIB } from '#kernel/units';

import { Checkpointer, type PartHandle, writeAll } from './part-file.ts';

/** A file in memory that takes at most `most` bytes per call, as the kernel may. */
function stingyFile(most: number): PartHandle & { readonly content: Buffer } {
  const content = Buffer.alloc(100);
  return {
    content,
    async writev(buffers, position) {
      const offered = Buffer.concat(buffers).subarray(0, most);
      offered.copy(content, position);
      return { bytesWritten: offered.length };
    },
    datasync: async () => undefined,
    truncate: async () => undefined,
    stat: async () => ({ size: content.length, ino: 0 }),
    close: async () => undefined,
  };
}

describe('writeAll', () => {
  it('goes on until the kernel has taken everything', async () => {
    const chunks = [Buffer.from('ab'), Buffer.alloc(0), Buffer.from('cdefg'), Buffer.from('hij')];
    for (const most of [1, 2, 3, 7, 100]) {
      const file = stingyFile(most);
      await writeAll(file, chunks, 5);
      assert.equal(file.content.toString('latin1', 5, 15), 'abcdefghij');
    }
  });
});

describe('Checkpointer', () => {
  const still = { now: () => 0, monotonic: () => 0 };

  it('makes a checkpoint every 256 MiB, one at a time, and holds writers back at 512', async () => {
    const started: PromiseWithResolvers<void>[] = [];
    const checkpointer = new Checkpointer({
      clock: still,
      checkpoint() {
        const gate = Promise.withResolvers<void>();
        started.push(gate);
        return gate.promise;
      },
    });
    await checkpointer.wrote(255 * MIB);
    assert.equal(started.length, 0);
    await checkpointer.wrote(MIB);
    await checkpointer.wrote(300 * MIB);
    assert.equal(started.length, 1, 'the second waits for the first');
    let isHeld = true;
    const held = checkpointer.wrote(300 * MIB).then(() => {
      isHeld = false;
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(isHeld);
    started[0]?.resolve();
    await held;
    assert.equal(isHeld, false);
  });

  it('makes one after a second, however little was written', async () => {
    let now = 0;
    let count = 0;
    const checkpointer = new Checkpointer({
      clock: { ...still, monotonic: () => now },
      checkpoint: async () => void (count += 1),
    });
    await checkpointer.wrote(1);
    now = 1000;
    await checkpointer.wrote(1);
    await checkpointer.settled();
    assert.equal(count, 1);
  });

  it('fails the next write when a checkpoint failed', async () => {
    const checkpointer = new Checkpointer({
      clock: still,
      checkpoint: () => Promise.reject(new Error('disk full')),
    });
    await assert.rejects(async () => {
      await checkpointer.wrote(256 * MIB);
      await checkpointer.settled();
      await checkpointer.wrote(1);
    }, /disk full/);
  });
});
