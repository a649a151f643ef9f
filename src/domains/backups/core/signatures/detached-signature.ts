/** Ed25519 (RFC 8032) beside what was signed: anybody can check it who has the public key. */
import { createHash, createPublicKey, verify } from 'node:crypto';

/** Whoever vouches for records; the key of the audit log. */
export interface RecordSigner {
  readonly id: string;
  /** PEM. */
  readonly publicKey: string;
  /** Base64. */
  sign(text: string): string;
  verify(keyId: string, text: string, signature: string): boolean;
}

/** @param publicKey PEM. False also for what is no key or no signature. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  try {
    const key = createPublicKey(publicKey);
    // One spelling only: a changed character that decodes to the same bytes is still a change.
    const exact = bytes.toString('base64') === signature && key.asymmetricKeyType === 'ed25519';
    return exact && verify(null, Buffer.from(text), key, bytes);
  } catch {
    return false;
  }
}

/**
 * First 16 hex digits of the SHA-256 of the public key (SPKI, DER), as the audit log names keys; undefined for what is no
 * key.
 */
export function fingerprint(publicKey: string): string | undefined {
  try {
    return sha256Of(createPublicKey(publicKey).export({ type: 'spki', format: 'der' })).slice(0, 16);
  } catch {
    return undefined;
  }
}

export function sha256Of(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
