/**
 * The scrypt recipient of age files (https://c2sp.org/age#scrypt-recipient-stanza) over Node's own scrypt. That of the age
 * library computes in JavaScript: several times slower, and its 64 MiB stay until the collector comes by.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

import type { Identity, Recipient } from 'age-encryption';

import { scryptSaltBytes, stretchNewly, stretchPassphrase } from '#kernel/stretch-passphrase';

const TAG_BYTES = 16;
const FILE_KEY_BYTES = 16;
/** What the age tool writes; more would let a stranger's file take the memory of a server. */
const MOST_WORK = 18;

/** @param workFactor Binary logarithm of scrypt's work: 2^16 takes 64 MiB. */
export async function scryptRecipient(passphrase: string, workFactor: number): Promise<Recipient> {
  const { salt, key } = await stretchNewly(passphrase, workFactor);
  const { Stanza } = await import('age-encryption');
  return {
    wrapFileKey: (fileKey) => [new Stanza(['scrypt', unpadded(salt), String(workFactor)], wrapped(fileKey, key))],
  };
}

export function scryptIdentity(passphrase: string): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const [stanza] = stanzas;
      const [kind, salt = '', work = ''] = stanza?.args ?? [];
      // A passphrase stands alone, or it would not vouch for who made the file.
      if (stanza === undefined || kind !== 'scrypt' || stanzas.length !== 1) return null;
      const saltBytes = Buffer.from(salt, 'base64');
      const isWhole =
        stanza.args.length === 3 && unpadded(saltBytes) === salt && saltBytes.byteLength === scryptSaltBytes;
      if (!isWhole || !/^[1-9][0-9]?$/.test(work) || Number(work) > MOST_WORK) return null;
      const key = await stretchPassphrase({ passphrase, salt: saltBytes, workFactor: Number(work) });
      return unwrapped(stanza.body, key);
    },
  };
}

function wrapped(fileKey: Uint8Array, key: Uint8Array): Uint8Array {
  const cipher = createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: TAG_BYTES });
  return new Uint8Array(Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]));
}

function unwrapped(body: Uint8Array, key: Uint8Array): Uint8Array | null {
  if (body.byteLength !== FILE_KEY_BYTES + TAG_BYTES) return null;
  const cipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: TAG_BYTES });
  cipher.setAuthTag(body.subarray(FILE_KEY_BYTES));
  const fileKey = cipher.update(body.subarray(0, FILE_KEY_BYTES));
  try {
    cipher.final();
  } catch {
    return null;
  }
  return new Uint8Array(fileKey);
}

/** Base64 as age writes it. */
function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
