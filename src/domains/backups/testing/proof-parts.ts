import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';

import type { Random } from '#kernel/clock';
import { createIsolation, type Isolation } from '#platform/isolation';

import type { RecordSigner } from '../core/signatures/detached-signature.ts';

/** As on a machine that can. */
export function testIsolation(random: Random): Isolation {
  return createIsolation({ random, allowLimited: () => true });
}

/** A key of its own for each test. */
export function testSigner(): RecordSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
  return {
    id,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
    verify: (keyId, text, signature) =>
      keyId === id && verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64')),
  };
}
