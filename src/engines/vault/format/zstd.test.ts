import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, it } from 'node:test';

import * as fc from 'fast-check';
import { createWasmMemory } from '../objects/wasm-memory.ts';
import { nodeZstd, openZstd, type Zstd } from './zstd.ts';

const contents = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc
    .nat({ max: 300_000 })
    .map((bytes) => Buffer.from('all the same, '.repeat(Math.ceil(bytes / 14))).subarray(0, bytes)),
  fc.nat({ max: 300_000 }).map((bytes) => randomBytes(bytes)),
);

describe('zstd called itself', () => {
  let kept: Zstd;
  before(async () => {
    kept = await openZstd();
    assert.notEqual(kept, nodeZstd);
  });

  it('and Node’s read each other’s frames, in memory of the caller’s as well', () => {
    const memory = new Uint8Array(createWasmMemory(12 * 65_536).buffer);
    fc.assert(
      fc.property(contents, fc.boolean(), (plain, lends) => {
        const room = lends ? memory.subarray(0, 6 * 65_536) : undefined;
        const frame = kept.compress(plain, room);
        assert.ok(room === undefined || frame.buffer === room.buffer);
        assert.ok(Buffer.from(nodeZstd.decompress(Uint8Array.from(frame), plain.byteLength)).equals(plain));
        const other = nodeZstd.compress(plain);
        const back = kept.decompress(other, plain.byteLength, lends ? memory.subarray(6 * 65_536) : undefined);
        assert.ok(Buffer.from(back).equals(plain));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what is cut off, is longer than it says, or is no frame', () => {
    const plain = Buffer.from('so that it shrinks '.repeat(500));
    const frame = Buffer.from(kept.compress(plain));
    for (const length of [0, 1, 4, 20, frame.byteLength - 1]) {
      assert.throws(() => kept.decompress(frame.subarray(0, length), plain.byteLength + 1), RangeError);
    }
    assert.throws(() => kept.decompress(frame, plain.byteLength - 1), RangeError);
    assert.throws(() => kept.decompress(randomBytes(300), 300), RangeError);
    assert.ok(Buffer.from(kept.decompress(frame, plain.byteLength)).equals(plain));
  });
});
