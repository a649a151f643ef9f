import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { KIB, MIB } from '#kernel/units';

import { allHashNames, type FileHashes } from './file-hashes.ts';
import { MultiHasher } from './multi-hasher.ts';

describe('MultiHasher', () => {
  it('agrees with the published test vectors', () => {
    const hashes = hashOf(Buffer.from('hello world'));
    assert.equal(hashes.SHA256, 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9');
    assert.equal(hashes.AutoV2, 'b94d27b993');
    assert.equal(hashes.BLAKE3, 'd74981efa70a0c880b8d8c1985d075dbcbf679b99a5f9914e5aaf96b831a9e24');
    assert.equal(hashes.CRC32, '0D4A1185');
  });

  it('takes AutoV1 from the 64 KiB at 1 MiB, from what is there of them, and from no shorter file', () => {
    const file = randomBytes(2 * MIB);
    assert.equal(hashOf(file).AutoV1, sha(file.subarray(MIB, MIB + 64 * KIB)).slice(0, 8));
    assert.equal(hashOf(file.subarray(0, MIB + 100)).AutoV1, sha(file.subarray(MIB, MIB + 100)).slice(0, 8));
    assert.equal(hashOf(file.subarray(0, MIB)).AutoV1, null);
    assert.equal(hashOf(Buffer.alloc(0)).AutoV1, null);
  });

  it('takes AutoV3 from the tensors of a safetensors file', () => {
    const tensors = randomBytes(5000);
    for (const header of ['{"__metadata__":{}}', '{"a":{"dtype":"F32"}}   ']) {
      const file = safetensors(header, tensors);
      assert.equal(hashOf(file).AutoV3, sha(tensors).slice(0, 12));
    }
  });

  it('has no AutoV3 for anything else, nor for a header without tensors', () => {
    const others = [
      Buffer.alloc(0),
      Buffer.from('short'),
      Buffer.from('GGUF\u0003\u0000\u0000\u0000\u0000\u0000{}'),
      Buffer.from('PK\u0003\u0004zip zip zip zip'),
      safetensors('not json', randomBytes(10)),
      safetensors('{"a":1}', Buffer.alloc(0)),
      safetensors('{"a":1}', randomBytes(10)).subarray(0, 12),
    ];
    for (const file of others) assert.equal(hashOf(file).AutoV3, null);
  });

  it('gives the same result however the file is cut into chunks', () => {
    const file = safetensors(`{"a":"${'x'.repeat(70)}"}`, randomBytes(MIB + 80 * KIB));
    const whole = hashOf(file);
    const cuts = fc.array(fc.oneof(fc.nat(100), fc.nat(file.length)), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, (positions) => {
        const hasher = new MultiHasher(allHashNames);
        let from = 0;
        for (const to of [...positions.sort((a, b) => a - b), file.length]) {
          hasher.update(file.subarray(from, to));
          from = to;
        }
        assert.deepEqual(hasher.digest(), whole);
      }),
      { numRuns: 50 },
    );
  });

  it('measures nothing it was not asked for', () => {
    const hasher = new MultiHasher([]);
    hasher.update(Buffer.from('x'));
    assert.deepEqual(Object.keys(hasher.digest()), ['SHA256', 'AutoV2']);
  });
});

function hashOf(file: Uint8Array): FileHashes {
  const hasher = new MultiHasher(allHashNames);
  hasher.update(file);
  return hasher.digest();
}

function safetensors(header: string, tensors: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([length, Buffer.from(header), tensors]);
}

function sha(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
