import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { BLOCK_BYTES, type Block, BlockPool } from './block-pool.ts';

const { signal } = new AbortController();

describe('BlockPool', () => {
  it('hands out memory that nobody else holds, page-aligned, and again once it is given back', () => {
    const pool = new BlockPool(3);
    const blocks = [pool.tryTake(), pool.tryTake(), pool.tryTake()];
    const offsets = blocks.map((block) => block?.offset);
    assert.deepEqual(offsets, [0, BLOCK_BYTES, 2 * BLOCK_BYTES]);
    assert.equal(pool.tryTake(), undefined);
    blocks[1]?.release();
    assert.equal(pool.tryTake()?.offset, BLOCK_BYTES);
  });

  it('serves those who wait in the order they came, before anybody who tries', async () => {
    const pool = new BlockPool(1);
    const first = await pool.take(signal);
    const served: string[] = [];
    const waiting = ['second', 'third'].map(async (name) => {
      const block = await pool.take(signal);
      served.push(name);
      return block;
    });
    first.release();
    assert.equal(pool.tryTake(), undefined, 'it belongs to the second');
    (await waiting[0])?.release();
    (await waiting[1])?.release();
    assert.deepEqual(served, ['second', 'third']);
    assert.ok(pool.tryTake());
  });

  it('forgets who gave up waiting, and loses no block by it', async () => {
    const pool = new BlockPool(1);
    const first = await pool.take(signal);
    const stop = new AbortController();
    const gaveUp = pool.take(stop.signal);
    const next: Promise<Block> = pool.take(signal);
    stop.abort(new Error('enough'));
    await assert.rejects(gaveUp, /enough/);
    first.release();
    (await next).release();
    await assert.rejects(pool.take(stop.signal), /enough/);
    assert.ok(pool.tryTake());
  });

  it('notices a block that is given back twice', () => {
    const block = new BlockPool(1).tryTake();
    block?.release();
    assert.throws(() => block?.release(), RangeError);
  });
});
