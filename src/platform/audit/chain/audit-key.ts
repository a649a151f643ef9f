/** The key that vouches for the chain: Ed25519 (RFC 8032), made at first use, readable by its owner only. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';
import { writePrivateFileOnce } from '#platform/files';

export interface AuditKey {
  /** First 16 hex digits of the SHA-256 of the public key (SPKI, DER). */
  readonly id: string;
  /** PEM. */
  readonly publicKey: string;
  /** Base64. */
  sign(text: string): string;
  /** Whether a trusted key with that id signed the text. */
  verify(keyId: string, text: string, signature: string): boolean;
}

/**
 * `key.pem` in this folder is the private key; public keys (`*.pem`) in `trusted/` below it are those of earlier times and of
 * other machines on the same database.
 * @throws KuraError unavailable `audit.key-unreadable`: others may read it, or it is no Ed25519 key.
 */
export async function openAuditKey(folder: string): Promise<AuditKey> {
  const own = await readOrMake(join(folder, 'key.pem'));
  return auditKey(own, await trustedKeys(join(folder, 'trusted')));
}

export function auditKey(own: KeyObject, trusted: readonly KeyObject[] = []): AuditKey {
  const publicKey = createPublicKey(own);
  const known = new Map([publicKey, ...trusted].map((key) => [keyId(key), key]));
  return {
    id: keyId(publicKey),
    publicKey: pem(publicKey),
    sign: (text) => sign(null, Buffer.from(text), own).toString('base64'),
    verify: (id, text, signature) => {
      const key = known.get(id);
      return key !== undefined && verified(key, text, signature);
    },
  };
}

/** Whether the holder of this public key (PEM) signed the text. */
export function signedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    return verified(createPublicKey(publicKey), text, signature);
  } catch {
    return false;
  }
}

export function publicKeyId(publicKey: string): string {
  return keyId(createPublicKey(publicKey));
}

export function newAuditKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

function verified(key: KeyObject, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  // One spelling only: a changed character that decodes to the same bytes is still a change.
  return bytes.toString('base64') === signature && verify(null, Buffer.from(text), key, bytes);
}

function keyId(key: KeyObject): string {
  const der = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

function pem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

async function readOrMake(file: string): Promise<KeyObject> {
  const found = await readKey(file);
  if (found !== undefined) return found;
  // Of two programs that start at once, one names its key; the other takes that one.
  await writePrivateFileOnce(file, newAuditKey().export({ type: 'pkcs8', format: 'pem' }).toString());
  const made = await readKey(file);
  if (made === undefined) throw new KuraError('unavailable', 'audit.key-unreadable', { params: { file } });
  return made;
}

async function readKey(file: string): Promise<KeyObject | undefined> {
  try {
    const { mode } = await stat(file);
    const key = createPrivateKey(await readFile(file, 'utf8'));
    const isPrivate = process.platform === 'win32' || (mode & 0o077) === 0;
    if (isPrivate && key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw new KuraError('unavailable', 'audit.key-unreadable', { params: { file }, cause });
  }
  throw new KuraError('unavailable', 'audit.key-unreadable', { params: { file } });
}

async function trustedKeys(folder: string): Promise<readonly KeyObject[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith('.pem')).map((name) => join(folder, name));
  return Promise.all(
    files.map(async (file) => {
      try {
        return createPublicKey(await readFile(file, 'utf8'));
      } catch (cause) {
        throw new KuraError('unavailable', 'audit.key-unreadable', { params: { file }, cause });
      }
    }),
  );
}
