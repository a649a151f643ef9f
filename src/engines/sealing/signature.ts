/** Ed25519 (RFC 8032) over a fixed text and the BLAKE3 of everything before the signature. */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

import { Blake3Hasher } from '@napi-rs/blake-hash';

export const signatureBytes = 64;
const CONTEXT = Buffer.from('kura-sealed/1 signature\n');
/** What stands before the 32 bytes of an Ed25519 public key in its SPKI form (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export interface FileDigest {
  update(bytes: Uint8Array): void;
  sign(key: KeyObject): Uint8Array;
  /** @param signer Raw public key, base64. */
  isSignedBy(signer: string, signature: Uint8Array): boolean;
}

export function fileDigest(): FileDigest {
  const hasher = new Blake3Hasher();
  function message(): Uint8Array {
    return Buffer.concat([CONTEXT, hasher.digestBuffer()]);
  }
  return {
    update: (bytes) => void hasher.update(bytes),
    sign: (key) => sign(null, message(), key),
    isSignedBy(signer, signature) {
      const der = Buffer.concat([SPKI_PREFIX, Buffer.from(signer, 'base64')]);
      return verify(null, message(), createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
    },
  };
}

/** The public half as it stands in headers: 32 bytes, base64. */
export function signerOf(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return der.subarray(SPKI_PREFIX.byteLength).toString('base64');
}
