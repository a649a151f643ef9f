import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import * as fc from 'fast-check';

import { systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { newIdentity, openStream, recipientOf, sealingLevels, signerFingerprint, signerOf } from './index.ts';
import { scryptIdentity, scryptRecipient } from './scrypt-stanza.ts';
import {
  identity,
  opened,
  openingKeys,
  passphrase,
  pieces,
  sealed,
  sealingKeys,
  signer,
} from './testing/sealing-house.ts';
import { vectors } from './testing/vectors.ts';

const plain = Buffer.from('Kura 蔵');
/** What room the first segment and the others have for plaintext. */
const firstRoom = MIB - 40 - 16;
const room = MIB - 16;
const refusals = new Set(['sealing.damaged', 'sealing.wrong-key', 'sealing.not-sealed']);

async function refused(bytes: Uint8Array): Promise<string> {
  try {
    await opened(bytes);
  } catch (error) {
    if (isKuraError(error)) return error.code;
    throw error;
  }
  return 'opened';
}

describe('sealed files', () => {
  let recipient: string;
  before(async () => {
    recipient = await recipientOf(identity);
  });

  for (const level of sealingLevels) {
    describe(`of the level ${level}`, () => {
      it('open as what was sealed, from nothing to several segments', async () => {
        for (const size of [0, 1, firstRoom - 1, firstRoom, firstRoom + 1, firstRoom + room, firstRoom + room + 1]) {
          const bytes = systemRandom.bytes(size);
          const again = await opened(await sealed(bytes, sealingKeys(level, recipient)));
          assert.ok(Buffer.from(again).equals(bytes), `${size} bytes`);
        }
      });

      it('open from the first days of the format', async () => {
        assert.equal(Buffer.from(await opened(Buffer.from(vectors[level], 'base64'))).toString(), 'Kura 蔵');
      });

      it('give nothing with any byte changed', async () => {
        const bytes = await sealed(plain, sealingKeys(level, recipient));
        for (let at = 0; at < bytes.byteLength; at += 1) {
          const changed = Uint8Array.from(bytes);
          changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
          assert.ok(refusals.has(await refused(changed)), `byte ${at}`);
        }
      });

      it('give nothing with any bit changed', async () => {
        const bytes = await sealed(plain, sealingKeys(level, recipient));
        await fc.assert(
          fc.asyncProperty(fc.nat(bytes.byteLength * 8 - 1), async (bit) => {
            const changed = Uint8Array.from(bytes);
            changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
            assert.ok(refusals.has(await refused(changed)), `bit ${bit}`);
          }),
          { numRuns: 200 },
        );
      });

      it('give nothing when cut off anywhere, or with anything behind', async () => {
        const bytes = await sealed(plain, sealingKeys(level, recipient));
        for (let length = 0; length < bytes.byteLength; length += 1) {
          assert.ok(refusals.has(await refused(bytes.subarray(0, length))), `${length} bytes`);
        }
        assert.equal(await refused(Buffer.concat([bytes, Buffer.from([0])])), 'sealing.damaged');
      });

      it('give nothing with segments in another order, left out, or of another file', async () => {
        const keys = sealingKeys(level, recipient);
        const bytes = Buffer.from(await sealed(systemRandom.bytes(4 * MIB), keys));
        const other = Buffer.from(await sealed(systemRandom.bytes(4 * MIB), keys));
        const [begin, one, two, rest] = [MIB + 5000, MIB, MIB, 0].map((_, index) => bytes.subarray(...cut(index)));
        assert.ok(begin && one && two && rest);
        assert.ok(refusals.has(await refused(Buffer.concat([begin, two, one, rest]))));
        assert.ok(refusals.has(await refused(Buffer.concat([begin, one, rest]))));
        assert.ok(refusals.has(await refused(Buffer.concat([begin, other.subarray(...cut(1)), two, rest]))));
      });
    });
  }

  it('need every key that their level names', async () => {
    const stranger = await newIdentity('x25519');
    const wrong = { passphrase: 'another one entirely', identities: [stranger] };
    for (const level of ['standard', 'high', 'maximum'] as const) {
      const bytes = await sealed(plain, sealingKeys(level, recipient));
      await assert.rejects(opened(bytes, wrong), { code: 'sealing.wrong-key' });
      await assert.rejects(opened(bytes, {}), /sealing\.(?:passphrase|identity)-missing/);
    }
    const both = await sealed(plain, sealingKeys('maximum', recipient));
    await assert.rejects(opened(both, { passphrase }), { code: 'sealing.identity-missing' });
    await assert.rejects(opened(both, { identities: [identity] }), { code: 'sealing.passphrase-missing' });
    await assert.rejects(opened(both, { passphrase, identities: [stranger] }), { code: 'sealing.wrong-key' });
  });

  it('open for every recipient, post-quantum ones too, and for the escrow alone', async () => {
    const [quantum, escrow] = [await newIdentity('post-quantum'), await newIdentity('x25519')];
    for (const level of sealingLevels) {
      const keys = {
        ...sealingKeys(level, recipient),
        recipients: [recipient, await recipientOf(quantum)],
        escrow: [await recipientOf(escrow)],
      };
      const bytes = await sealed(plain, keys);
      assert.deepEqual(await opened(bytes, { identities: [escrow] }), plain);
      assert.deepEqual(await opened(bytes, { ...openingKeys, identities: [quantum] }), plain);
    }
  });

  it('have the passphrase stanza of age, which its own library reads and writes', async () => {
    const { Decrypter, Encrypter } = await import('age-encryption');
    const theirs = new Encrypter();
    theirs.setPassphrase(passphrase);
    theirs.setScryptWorkFactor(10);
    const ours = new Decrypter();
    ours.addIdentity(scryptIdentity(passphrase));
    assert.equal(await ours.decrypt(await theirs.encrypt('from theirs'), 'text'), 'from theirs');

    const own = new Encrypter();
    own.addRecipient(await scryptRecipient(passphrase, 10));
    const library = new Decrypter();
    library.addPassphrase(passphrase);
    assert.equal(await library.decrypt(await own.encrypt('from ours'), 'text'), 'from ours');
  });

  it('take no more work from a stranger than age does', async () => {
    const { Stanza } = await import('age-encryption');
    const body = new Uint8Array(32);
    for (const args of [
      ['scrypt', 'AAAAAAAAAAAAAAAAAAAAAA', '19'],
      ['scrypt', 'AAAAAAAAAAAAAAAAAAAAAA', '01'],
      ['scrypt', 'AAAA', '10'],
      ['scrypt', 'AAAAAAAAAAAAAAAAAAAAAA'],
      ['X25519', 'AAAAAAAAAAAAAAAAAAAAAA', '10'],
    ]) {
      assert.equal(await scryptIdentity(passphrase).unwrapFileKey([new Stanza(args, body)]), null, args.join(' '));
    }
  });

  it('say who signed them, and are refused when somebody else was expected', async () => {
    const fingerprint = signerFingerprint(signerOf(signer));
    for (const level of ['high', 'maximum'] as const) {
      const bytes = await sealed(plain, sealingKeys(level, recipient));
      assert.equal((await openStream(pieces(bytes), openingKeys)).signer, fingerprint);
      await openStream(pieces(bytes), { ...openingKeys, signers: [fingerprint] });
      const expected = { ...openingKeys, signers: ['0123456789abcdef'] };
      await assert.rejects(openStream(pieces(bytes), expected), { code: 'sealing.other-signer', kind: 'refused' });
    }
    const unsigned = await sealed(plain, sealingKeys('standard', recipient));
    const expected = { ...openingKeys, signers: [fingerprint] };
    await assert.rejects(openStream(pieces(unsigned), expected), { code: 'sealing.other-signer' });
  });

  it('refuse to be made without the keys of their level', async () => {
    const keys = sealingKeys('maximum', recipient);
    await assert.rejects(sealed(plain, { ...keys, recipients: [] }), { code: 'sealing.recipients-missing' });
    await assert.rejects(sealed(plain, { ...keys, recipients: ['age1x'] }), { code: 'sealing.recipient-invalid' });
    await assert.rejects(sealed(plain, { ...keys, passphrase: undefined }), { code: 'sealing.passphrase-missing' });
    await assert.rejects(sealed(plain, { ...keys, signer: undefined }), { code: 'sealing.signer-missing' });
  });
});

/** Parts of a sealed file of 4 MiB, for shuffling: a beginning, two equal pieces, the rest. */
function cut(index: number): [number, number?] {
  const starts = [0, MIB + 5000, 2 * MIB + 5000, 3 * MIB + 5000];
  const start = starts[index] ?? 0;
  const end = starts[index + 1];
  return end === undefined ? [start] : [start, end];
}
