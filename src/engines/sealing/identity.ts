/** Keys of people and installations: an age identity that opens, an Ed25519 key that signs. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

import { KuraError } from '#kernel/errors';

/** @param kind `post-quantum` (ML-KEM-768 with X25519) needs a long recipient and age 1.3 elsewhere. */
export async function newIdentity(kind: 'x25519' | 'post-quantum'): Promise<string> {
  const { generateHybridIdentity, generateX25519Identity } = await import('age-encryption');
  return kind === 'x25519' ? generateX25519Identity() : generateHybridIdentity();
}

export async function recipientOf(identity: string): Promise<string> {
  const { identityToRecipient } = await import('age-encryption');
  return identityToRecipient(identity);
}

/** The identities in a file as `age-keygen` writes it. @throws KuraError invalid `sealing.identity-invalid` */
export function identitiesIn(text: string): readonly string[] {
  const lines = keyLines(text);
  if (lines.length === 0 || lines.some((line) => !/^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+$/.test(line))) {
    throw new KuraError('invalid', 'sealing.identity-invalid');
  }
  return lines;
}

/** The recipients in a text: one a line, `#` begins a comment. */
export function recipientsIn(text: string): readonly string[] {
  return keyLines(text);
}

export function newSigner(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}

/** @param text As `newSigner` made it: PKCS#8, DER, base64. */
export function signerFrom(text: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
}

function keyLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
