import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { type Random, systemRandom } from './clock.ts';
import {
  aes256GcmHkdf1Mb,
  type TinkParameters,
  tinkCiphertextLength,
  tinkDecrypt,
  tinkEncrypt,
} from './tink-streaming.ts';

interface Vector {
  readonly parameters: TinkParameters;
  readonly key: string;
  readonly plain: string;
  readonly associated: string;
  readonly ciphertext: string;
}

const longKey = '00112233445566778899aabbccddeeff6eb56cdc726dfbe5d57f2fcdc6e9345b';
const shortKey = '6eb56cdc726dfbe5d57f2fcdc6e9345b';

/** Published with Tink (cross-language tests, AesGcmHkdfStreamingTestUtil). */
const vectors: readonly Vector[] = [
  {
    parameters: { hkdfHash: 'sha1', derivedKeyBytes: 16, segmentBytes: 64 },
    key: shortKey,
    plain: Buffer.from(
      'This is a fairly long plaintext. It is of the exact length to create three output blocks. ',
    ).toString('hex'),
    associated: '616164',
    ciphertext:
      '1893b3af5e14ab378d065addfc8484da642c0862877baea8' +
      'db92d9c77406a406168478821c4298eab3e6d531277f4c1a051714faebcaefcbca7b7be05e9445ea' +
      'a0bb2904153398a25084dd80ae0edcd1c3079fcea2cd3770630ee36f7539207b8ec9d754956d486b71cdf989f0ed6fba6779b63558be0a66e668df14e1603cd2' +
      'af8944844078345286d0b292e772e7190775c51a0f83e40c0b75821027e7e538e111',
  },
  {
    parameters: { hkdfHash: 'sha256', derivedKeyBytes: 16, segmentBytes: 64 },
    key: shortKey,
    plain: '',
    associated: '',
    ciphertext: '18be78bce0cab6fd38a9041eea8ab0ffc4cf17e3c00b661d3927f5f79069f41a210fedc40b25648c',
  },
  {
    parameters: { hkdfHash: 'sha512', derivedKeyBytes: 16, segmentBytes: 64 },
    key: shortKey,
    plain: '',
    associated: '',
    ciphertext: '18fec8139ccb406e0f140d7e2bcc41e1b899bc1b121574cc31d1c78ed2ca1cdf324665b8dce21095',
  },
  {
    parameters: { hkdfHash: 'sha1', derivedKeyBytes: 32, segmentBytes: 120 },
    key: longKey,
    plain: Buffer.from('BLOCK 1.BLOCK 2.BLOCK 3.BLOCK 4.BLOCK 5.BLOCK 6.BLOCK 7.BLOCK 8.').toString('hex'),
    associated: '00010203',
    ciphertext:
      '28782994617714a80fa085e15051a16854522330d6d0f26c049b2192f09cdd98b2eb90c753bfff277a29e54fa4afb15d648c28477eb07f01' +
      '2535c767f5fdce24ffffae318480c1d37357d6d3c511159318afa09ef38aa3f5456fd7817c5c02dd6e1a7fef174c8bd24e38b5982ac10549' +
      '7c0101ac5581fe5b',
  },
];

describe('Tink AES-GCM-HKDF streaming', () => {
  for (const [index, vector] of vectors.entries()) {
    const key = { parameters: vector.parameters, value: Buffer.from(vector.key, 'hex') };
    const ciphertext = Buffer.from(vector.ciphertext, 'hex');

    it(`decrypts Tink's vector ${index}`, () => {
      const plain = tinkDecrypt(key, ciphertext, Buffer.from(vector.associated, 'hex'));
      assert.equal(plain === undefined ? undefined : Buffer.from(plain).toString('hex'), vector.plain);
    });

    it(`encrypts to Tink's vector ${index} with the same salt and nonce prefix`, () => {
      const header = ciphertext.subarray(1, 1 + vector.parameters.derivedKeyBytes + 7);
      const sealed = tinkEncrypt(key, Buffer.from(vector.plain, 'hex'), {
        associated: Buffer.from(vector.associated, 'hex'),
        random: fixed(header),
      });
      assert.equal(Buffer.from(sealed).toString('hex'), vector.ciphertext);
    });
  }

  it('returns what was encrypted, for every length around the segment borders', () => {
    const parameters: TinkParameters = { hkdfHash: 'sha256', derivedKeyBytes: 32, segmentBytes: 96 };
    const key = { parameters, value: systemRandom.bytes(32) };
    for (let length = 0; length < 300; length++) {
      const plain = systemRandom.bytes(length);
      const sealed = tinkEncrypt(key, plain, { associated: Buffer.from('x'), random: systemRandom });
      assert.equal(sealed.byteLength, tinkCiphertextLength(parameters, length));
      assert.deepEqual(Buffer.from(tinkDecrypt(key, sealed, Buffer.from('x')) ?? []), Buffer.from(plain));
    }
  });

  it('gives nothing back when a byte is flipped, cut off, appended or segments change places', () => {
    const parameters: TinkParameters = { hkdfHash: 'sha256', derivedKeyBytes: 32, segmentBytes: 96 };
    const key = { parameters, value: systemRandom.bytes(32) };
    const sealed = tinkEncrypt(key, systemRandom.bytes(250), { associated: Buffer.from('x'), random: systemRandom });
    fc.assert(
      fc.property(fc.nat(sealed.byteLength - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const bad = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ mask : byte));
        assert.equal(tinkDecrypt(key, bad, Buffer.from('x')), undefined);
        assert.equal(tinkDecrypt(key, sealed.subarray(0, at), Buffer.from('x')), undefined);
      }),
    );
    const swapped = Buffer.concat([
      sealed.subarray(0, 96),
      sealed.subarray(192, 288),
      sealed.subarray(96, 192),
      sealed.subarray(288),
    ]);
    assert.equal(tinkDecrypt(key, swapped, Buffer.from('x')), undefined);
    assert.equal(tinkDecrypt(key, Buffer.concat([sealed, Buffer.alloc(1)]), Buffer.from('x')), undefined);
    assert.equal(tinkDecrypt(key, sealed, Buffer.from('y')), undefined);
  });

  it('round-trips more than one segment with the parameters the vault uses', () => {
    const key = { parameters: aes256GcmHkdf1Mb, value: systemRandom.bytes(32) };
    const plain = Buffer.alloc(3 * 1024 * 1024 + 17, 'kura');
    const opened = tinkDecrypt(
      key,
      tinkEncrypt(key, plain, { associated: Buffer.of(), random: systemRandom }),
      Buffer.of(),
    );
    assert.equal(
      createHash('sha256')
        .update(opened ?? '')
        .digest('hex'),
      createHash('sha256').update(plain).digest('hex'),
    );
  });
});

function fixed(bytes: Uint8Array): Random {
  return { bytes: () => bytes, fraction: () => 0 };
}
