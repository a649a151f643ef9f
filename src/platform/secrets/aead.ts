/**
 * AES-256-GCM in the wire format of Tink's AEAD (prefix type TINK), so that each value names its key:
 * 1 ‖ key id (4 bytes) ‖ nonce (12) ‖ ciphertext ‖ tag (16). https://developers.google.com/tink/wire-format
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

import type { Random } from '#kernel/clock';

export interface AeadKey {
  /** 8 hex digits. */
  readonly id: string;
  /** 32 bytes. */
  readonly value: Uint8Array;
}

const PREFIX_BYTES = 5;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param context Where the value belongs, e.g. `totp/ACCOUNT`: it opens nowhere else. */
export function aeadSeal(key: AeadKey, plain: Uint8Array, context: string, random: Random): Uint8Array {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.value, nonce);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([
    Buffer.from([1]),
    Buffer.from(key.id, 'hex'),
    nonce,
    cipher.update(plain),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** Which key is needed; undefined for what is no such ciphertext. */
export function aeadKeyId(sealed: Uint8Array): string | undefined {
  if (sealed.byteLength < PREFIX_BYTES + NONCE_BYTES + TAG_BYTES || sealed[0] !== 1) return undefined;
  return Buffer.from(sealed.subarray(1, PREFIX_BYTES)).toString('hex');
}

/** The plaintext, or undefined when key, context or any byte is not what was sealed. */
export function aeadOpen(key: AeadKey, sealed: Uint8Array, context: string): Uint8Array | undefined {
  if (aeadKeyId(sealed) !== key.id) return undefined;
  const nonce = sealed.subarray(PREFIX_BYTES, PREFIX_BYTES + NONCE_BYTES);
  const cipher = createDecipheriv('aes-256-gcm', key.value, nonce);
  cipher.setAAD(Buffer.from(context));
  cipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([cipher.update(sealed.subarray(PREFIX_BYTES + NONCE_BYTES, -TAG_BYTES)), cipher.final()]);
  } catch {
    return undefined;
  }
}
