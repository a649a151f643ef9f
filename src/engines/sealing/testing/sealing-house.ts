/** Fixed keys, so that vectors stay what they are, and cheap passphrases, so that thousands of attempts take seconds. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { buffer } from 'node:stream/consumers';

import { type Random, systemRandom } from '#kernel/clock';

import type { SealingLevel } from '../header.ts';
import { signerFrom } from '../identity.ts';
import { openStream } from '../open-stream.ts';
import { type SealingKeys, sealStream } from '../seal-stream.ts';
import type { InstanceKeys, OpeningKeys } from '../slots.ts';

const instanceKey = Buffer.alloc(32, 7);

export const instance: InstanceKeys = {
  async wrap(dataKey) {
    const cipher = createCipheriv('aes-256-gcm', instanceKey, Buffer.alloc(12));
    return Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  },
  async unwrap(wrapped) {
    const cipher = createDecipheriv('aes-256-gcm', instanceKey, Buffer.alloc(12));
    cipher.setAuthTag(wrapped.subarray(-16));
    return Buffer.concat([cipher.update(wrapped.subarray(0, -16)), cipher.final()]);
  },
};

export const passphrase = '正しい馬 電池 staple';
export const identity = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX';
export const signer = signerFrom('MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g');
export const openingKeys: OpeningKeys = { instance, passphrase, identities: [identity] };

export async function sealed(plain: Uint8Array, keys: SealingKeys): Promise<Uint8Array> {
  return await buffer(sealStream(pieces(plain), keys));
}

export async function opened(bytes: Uint8Array, keys: OpeningKeys = openingKeys): Promise<Uint8Array> {
  const { content } = await openStream(pieces(bytes), keys);
  return await buffer(content);
}

export function sealingKeys(level: SealingLevel, recipient: string, random: Random = systemRandom): SealingKeys {
  return { level, random, instance, passphrase, recipients: [recipient], signer, scryptWorkFactor: 1 };
}

/** In pieces whose lengths fit nothing. */
export async function* pieces(bytes: Uint8Array, size = 65_537): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}
