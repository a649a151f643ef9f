/**
 * The master key wraps the keys that seal things and seals nothing itself, so that another one can take its place without
 * anything being encrypted again. Configured (`KURA_MASTER_KEY`), or made once into `run/secrets/master.key`.
 */
import { createHash } from 'node:crypto';

import type { Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { writePrivateFileOnce } from '#platform/files';
import type { AeadKey } from './aead.ts';
import { readSecretFile } from './secret-file.ts';

const KEY_BYTES = 32;

/** 32 bytes as base64url, as `openssl rand -base64 32` and Kura write them. */
export function newMasterKey(random: Random): string {
  return Buffer.from(random.bytes(KEY_BYTES)).toString('base64url');
}

/** Undefined for what is no key, or one that nobody drew at random. */
export function parseMasterKey(text: string): AeadKey | undefined {
  if (!/^[\w+/-]{43}=?$/.test(text)) return undefined;
  const value = Buffer.from(text, 'base64url');
  // 32 random bytes have 30 different ones on average; fewer than 16 do not happen.
  if (value.byteLength !== KEY_BYTES || new Set(value).size < 16) return undefined;
  return { id: createHash('sha256').update('kura master key').update(value).digest('hex').slice(0, 8), value };
}

/** @throws KuraError invalid `secrets.master-key-invalid` */
export function masterKeyOf(text: string): AeadKey {
  const key = parseMasterKey(text);
  if (key === undefined) throw new KuraError('invalid', 'secrets.master-key-invalid');
  return key;
}

/** The key stored at `path`, made there if there is none. */
export async function readOrMakeMasterKey(path: string, random: Random): Promise<AeadKey> {
  const stored = readSecretFile(path);
  if (stored !== undefined) return masterKeyOf(stored);
  await writePrivateFileOnce(path, `${newMasterKey(random)}\n`);
  return readOrMakeMasterKey(path, random);
}
