/** Bytes in, a sealed file out, one segment at a time. */
import type { KeyObject } from 'node:crypto';

import type { Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { aes256GcmHkdf1Mb, newTinkHeader, tinkSegmentRoom, tinkSegments, tinkTagBytes } from '#kernel/tink-streaming';

import { byteReader } from './byte-reader.ts';
import { type Given, given } from './given.ts';
import { encodeHeader, headerMac, type KeySlot, type SealedHeader, type SealingLevel, subKey } from './header.ts';
import { releasing } from './releasing.ts';
import { fileDigest, signerOf } from './signature.ts';
import { type InstanceKeys, instanceSlot, passphraseSlot, recipientsSlot } from './slots.ts';

export interface SealingKeys {
  readonly level: SealingLevel;
  readonly random: Random;
  /** For basic. */
  readonly instance?: InstanceKeys | undefined;
  /** For standard and maximum. */
  readonly passphrase?: string | undefined;
  /** Binary logarithm of scrypt's work; default 16. */
  readonly scryptWorkFactor?: number | undefined;
  /** age recipients (`age1…`), for high and maximum. */
  readonly recipients?: Given<readonly string[]> | undefined;
  /** Ed25519 private key, for high and maximum. */
  readonly signer?: Given<KeyObject> | undefined;
  /** age recipients who can open the file besides, whatever its level. */
  readonly escrow?: Given<readonly string[]> | undefined;
}

/** @throws KuraError invalid `sealing.passphrase-missing`, `sealing.recipients-missing`, `sealing.recipient-invalid` */
export function sealStream(source: AsyncIterable<Uint8Array>, keys: SealingKeys): AsyncGenerator<Uint8Array> {
  if (keys.level !== 'maximum') return sealLayer(source, keys, keys.level);
  return sealLayer(releasing(sealLayer(source, keys, 'high')), keys, 'standard');
}

/** @param kind Which level's keys this layer takes. */
async function* sealLayer(
  source: AsyncIterable<Uint8Array>,
  keys: SealingKeys,
  kind: 'basic' | 'standard' | 'high',
): AsyncGenerator<Uint8Array> {
  const dataKey = keys.random.bytes(32);
  const signer = kind === 'high' ? await given(needed(keys.signer, 'sealing.signer-missing')) : undefined;
  const header: SealedHeader = {
    level: keys.level,
    keys: await slotsOf(dataKey, keys, kind),
    ...(signer === undefined ? {} : { signer: signerOf(signer) }),
    ...(keys.level === 'maximum' && kind === 'standard' ? { outer: true } : {}),
  };
  const digest = signer === undefined ? undefined : fileDigest();
  for await (const bytes of layerBytes(source, { dataKey, header, random: keys.random })) {
    digest?.update(bytes);
    yield bytes;
  }
  if (digest !== undefined && signer !== undefined) yield digest.sign(signer);
}

interface Layer {
  readonly dataKey: Uint8Array;
  readonly header: SealedHeader;
  readonly random: Random;
}

async function* layerBytes(source: AsyncIterable<Uint8Array>, { dataKey, header, random }: Layer) {
  const begin = encodeHeader(header);
  const mac = headerMac(dataKey, begin);
  const tinkHeader = newTinkHeader(aes256GcmHkdf1Mb, random);
  const key = { parameters: aes256GcmHkdf1Mb, value: subKey(dataKey, 'payload') };
  const cipher = tinkSegments(key, tinkHeader, mac);
  yield Buffer.concat([begin, mac, tinkHeader]);
  for await (const { number, last, bytes } of byteReader(source).segments(plainRoom, 0)) {
    yield* cipher.seal(number, last, bytes);
  }
}

function plainRoom(number: number): number {
  return tinkSegmentRoom(aes256GcmHkdf1Mb, number) - tinkTagBytes;
}

async function slotsOf(dataKey: Uint8Array, keys: SealingKeys, kind: 'basic' | 'standard' | 'high') {
  const slots: KeySlot[] = [await slotOf(dataKey, keys, kind)];
  const escrow = await given(keys.escrow ?? []);
  if (escrow.length > 0) slots.push(await recipientsSlot('escrow', dataKey, escrow));
  return slots;
}

async function slotOf(dataKey: Uint8Array, keys: SealingKeys, kind: 'basic' | 'standard' | 'high'): Promise<KeySlot> {
  if (kind === 'basic') return await instanceSlot(dataKey, needed(keys.instance, 'sealing.identity-missing'));
  if (kind === 'standard') {
    const passphrase = needed(keys.passphrase, 'sealing.passphrase-missing');
    return await passphraseSlot(dataKey, passphrase, keys.scryptWorkFactor);
  }
  const recipients = await given(keys.recipients ?? []);
  if (recipients.length === 0) throw new KuraError('invalid', 'sealing.recipients-missing');
  return await recipientsSlot('recipients', dataKey, recipients);
}

function needed<T>(value: T | undefined, code: string): T {
  if (value === undefined) throw new KuraError('invalid', code);
  return value;
}
