/**
 * What begins a sealed file: `KURA-SEALED/1\n` ‖ length (4 bytes, big endian) ‖ header (JSON) ‖ HMAC-SHA256 of all of it.
 * The HMAC is made with the data key: it vouches for the header, and no second key fits it (key commitment).
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import type { ByteReader } from './byte-reader.ts';

export const sealingLevels = ['basic', 'standard', 'high', 'maximum'] as const;
export type SealingLevel = (typeof sealingLevels)[number];

const base64 = z.base64().min(1);

/** One way to the data key. `age`: an age file (https://age-encryption.org/v1) that holds it. */
export const keySlotSchema = z.discriminatedUnion('for', [
  z.strictObject({ for: z.literal('instance'), wrapped: base64 }),
  z.strictObject({ for: z.literal('passphrase'), age: base64 }),
  z.strictObject({ for: z.literal('recipients'), age: base64 }),
  z.strictObject({ for: z.literal('escrow'), age: base64 }),
]);
export type KeySlot = z.output<typeof keySlotSchema>;

const headerSchema = z.strictObject({
  level: z.enum(sealingLevels),
  keys: z.array(keySlotSchema).min(1).max(4),
  /** Raw Ed25519 public key; then 64 bytes of signature end the file. */
  signer: z.base64().length(44).optional(),
  /** True for the outer one of two layers: what it holds is a sealed file again. */
  outer: z.literal(true).optional(),
});
export type SealedHeader = z.output<typeof headerSchema>;

const MAGIC = Buffer.from('KURA-SEALED/1\n');
const MAC_BYTES = 32;

/** How much of a file tells whether it is sealed. */
export const sealedBeginningBytes = MAGIC.byteLength;

export function isSealedBeginning(bytes: Uint8Array): boolean {
  return MAGIC.equals(bytes.subarray(0, MAGIC.byteLength));
}

/** Header as written, without the HMAC. */
export function encodeHeader(header: SealedHeader): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.byteLength);
  return Buffer.concat([MAGIC, length, json]);
}

export interface ReadHeader {
  readonly header: SealedHeader;
  /** As it stands in the file. */
  readonly bytes: Uint8Array;
  readonly mac: Uint8Array;
}

/** @throws KuraError invalid `sealing.not-sealed`; mismatch `sealing.damaged` */
export async function readHeader(reader: ByteReader): Promise<ReadHeader> {
  const begin = await reader.read(MAGIC.byteLength);
  if (!isSealedBeginning(begin)) throw new KuraError('invalid', 'sealing.not-sealed');
  const length = await reader.read(4);
  const jsonBytes = length.byteLength === 4 ? Buffer.from(length).readUInt32BE() : 0;
  if (jsonBytes === 0 || jsonBytes > MIB) throw damaged();
  const json = await reader.read(jsonBytes);
  const mac = await reader.read(MAC_BYTES);
  if (json.byteLength !== jsonBytes || mac.byteLength !== MAC_BYTES) throw damaged();
  return { header: parseHeader(json), bytes: Buffer.concat([begin, length, json]), mac };
}

export function headerMac(dataKey: Uint8Array, header: Uint8Array): Uint8Array {
  return createHmac('sha256', subKey(dataKey, 'header')).update(header).digest();
}

/** @throws KuraError mismatch `sealing.damaged` */
export function checkMac(dataKey: Uint8Array, { bytes, mac }: ReadHeader): void {
  if (!timingSafeEqual(headerMac(dataKey, bytes), mac)) throw damaged();
}

export function subKey(dataKey: Uint8Array, purpose: 'header' | 'payload'): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', dataKey, new Uint8Array(), `kura-sealed/1 ${purpose}`, 32));
}

export function damaged(): KuraError {
  return new KuraError('mismatch', 'sealing.damaged');
}

function parseHeader(json: Uint8Array): SealedHeader {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw damaged();
  }
  const parsed = headerSchema.safeParse(value);
  if (!parsed.success || !isWhole(parsed.data)) throw damaged();
  return parsed.data;
}

const slotOfLevel = { basic: 'instance', standard: 'passphrase', high: 'recipients' } as const;

/** Whether a header promises what its level does; of two layers the outer one takes the passphrase. */
export function isWhole({ level, keys, signer, outer }: SealedHeader): boolean {
  const signed = signer !== undefined;
  const inner = level === 'maximum' ? 'recipients' : slotOfLevel[level];
  const needed = outer === true ? 'passphrase' : inner;
  const others = keys.filter((slot) => slot.for !== needed && slot.for !== 'escrow');
  if (outer === true && level !== 'maximum') return false;
  return others.length === 0 && keys.some((slot) => slot.for === needed) && signed === (needed === 'recipients');
}
