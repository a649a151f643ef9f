import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';
import { createWasmMemory } from '../objects/wasm-memory.ts';
import { compressIfItPays, decompress } from './compression.ts';
import { joinNumbers, splitNumbers } from './number-bytes.ts';
import { createNumberVectors } from './number-vectors.ts';

const values = Array.from({ length: 600_000 }, (_, index) => Math.sin(index * index) * Math.cos(index) * 0.1);

function bytesOf(numbers: { readonly buffer: ArrayBufferLike }): Uint8Array {
  return new Uint8Array(numbers.buffer);
}

describe('compression', () => {
  const cases = [
    { name: 'weights in half precision', plain: bytesOf(new Float16Array(values)), code: 2, atMost: 0.9 },
    { name: 'weights in single precision', plain: bytesOf(new Float32Array(values)), code: 4, atMost: 0.92 },
    { name: 'text', plain: Buffer.from(values.join('\n')), code: 1, atMost: 0.6 },
    { name: 'what is random', plain: randomBytes(700_000), code: 0, atMost: 1 },
    { name: 'next to nothing', plain: Buffer.from('aaaaaaaa'), code: 0, atMost: 1 },
  ] as const;
  for (const { name, plain, code, atMost } of cases) {
    it(`suits ${name}, and brings it back`, () => {
      const packed = compressIfItPays(plain);
      assert.equal(packed.compression, code);
      assert.ok(packed.body.byteLength <= plain.byteLength * atMost, `${packed.body.byteLength / plain.byteLength}`);
      assert.ok(Buffer.from(plain).equals(decompress(packed, plain.byteLength) ?? Buffer.alloc(0)));
    });
  }

  it('takes no body for whole that is not', () => {
    const plain = bytesOf(new Float16Array(values));
    const { compression, body } = compressIfItPays(plain);
    for (const length of [0, 3, 4, 100, body.byteLength - 1]) {
      assert.equal(decompress({ compression, body: body.subarray(0, length) }, plain.byteLength), undefined);
    }
    assert.equal(decompress({ compression, body }, plain.byteLength - 2), undefined);
  });
});

describe('numbers', () => {
  it('are the same after they were taken apart, whatever their length and width', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(2 as const, 4 as const), (plain, width) => {
        assert.deepEqual(joinNumbers(splitNumbers(plain, width), width), Uint8Array.from(plain));
      }),
    );
  });

  it('are taken apart and joined by vectors as without them', () => {
    const memory = createWasmMemory(65_536);
    const vectors = createNumberVectors(memory);
    assert.ok(vectors !== undefined);
    function part(at: number, bytes: number): Uint8Array {
      return new Uint8Array(memory.buffer, at, bytes);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.constantFrom(2 as const, 4 as const), (bytes, width) => {
        const plain = part(0, bytes.byteLength);
        plain.set(bytes);
        const expected = splitNumbers(bytes, width);
        const [top, rest] = [part(1001, expected.top.byteLength), part(2002, expected.rest.byteLength)];
        part(2002 + rest.byteLength, 8).fill(7);
        const split = splitNumbers(plain, width, { into: { top, rest }, vectors });
        assert.ok(Buffer.from(split.top).equals(expected.top) && Buffer.from(split.rest).equals(expected.rest));
        assert.deepEqual(
          [...part(2002 + rest.byteLength, 8)],
          Array.from({ length: 8 }, () => 7),
        );
        const joined = joinNumbers(split, width, { into: part(3003, bytes.byteLength), vectors });
        assert.ok(Buffer.from(joined).equals(bytes));
      }),
    );
    const many = { top: part(0, 320), rest: part(1000, 960), plain: part(3000, 1280) };
    assert.deepEqual([vectors.split(many, 4), vectors.join(many, 4)], [304, 304]);
  });
});
