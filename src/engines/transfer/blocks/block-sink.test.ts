import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KIB, MIB } from '#kernel/units';

import { BLOCK_BYTES, BlockPool } from './block-pool.ts';
import { BlockSink } from './block-sink.ts';
import { MeasuredPace, PIECE_BYTES } from './pace.ts';

const { signal } = new AbortController();

/** Takes all that may arrive, `bytesPerMs` at a time, while no write comes to an end. */
function fill(pace: MeasuredPace, bytesPerMs: number, position = 0) {
  let now = 0;
  let arrived = 0;
  const lengths: number[] = [];
  const sink = new BlockSink({
    blocks: new BlockPool(8),
    pace,
    clock: { now: () => now, monotonic: () => now },
    position,
    signal,
    claim: (count) => count,
    write: (_blocks, length) => {
      lengths.push(length);
      return Promise.withResolvers<void>().promise;
    },
    arrived: (count) => {
      arrived += count;
    },
  });
  for (let space = sink.space(); space; space = sink.space()) {
    sink.landed(Math.min(space.length, bytesPerMs));
    now += 1;
  }
  return { arrived, lengths };
}

describe('BlockSink', () => {
  it('holds no more than a block, in quarters, before the disk has some of it', () => {
    for (const bytesPerMs of [8 * KIB, 100 * KIB, 190 * KIB]) {
      const pace = new MeasuredPace();
      for (let piece = 0; piece < 12; piece += 1) pace.measured(PIECE_BYTES, PIECE_BYTES / bytesPerMs);
      const { arrived, lengths } = fill(pace, bytesPerMs);
      assert.deepEqual(lengths, [PIECE_BYTES, PIECE_BYTES, PIECE_BYTES]);
      assert.ok(arrived <= BLOCK_BYTES, `${arrived} bytes`);
      assert.equal(pace.isSlow, bytesPerMs === 8 * KIB);
    }
  });

  it('hands on whole blocks, two together, at full speed only', () => {
    const pace = new MeasuredPace();
    for (let piece = 0; piece < 30; piece += 1) pace.measured(PIECE_BYTES, 0.5);
    assert.deepEqual(fill(pace, MIB / 2).lengths, [2 * BLOCK_BYTES, 2 * BLOCK_BYTES]);
    for (let block = 0; block < 12; block += 1) pace.measured(BLOCK_BYTES, 200);
    assert.equal(fill(pace, KIB).lengths[0], PIECE_BYTES);
  });

  it('ends its pieces where those of others begin', () => {
    const { lengths } = fill(new MeasuredPace(), 1000, PIECE_BYTES + 1000);
    assert.deepEqual(lengths, [PIECE_BYTES - 1000, PIECE_BYTES, PIECE_BYTES]);
  });
});
