/** A key slot: the master key, wrapped with AES-256-GCM under a key that scrypt (RFC 7914) makes from a passphrase. */
import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';

import { z } from 'zod';

import type { Random } from '#kernel/clock';
import { GIB, MIB } from '#kernel/units';

export const keySlotSchema = z.strictObject({
  kind: z.literal('scrypt'),
  /** What people know it by. */
  label: z.string().max(200),
  createdAt: z.iso.datetime(),
  /** CPU and memory cost, a power of two. Memory is 128·n·r bytes; the limit keeps a forged config from eating it all. */
  n: z
    .int()
    .min(2)
    .max(1 << 22),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(16),
  salt: hex(32),
  nonce: hex(12),
  /** Ciphertext of the 32-byte master key, then the 16-byte tag. */
  wrapped: hex(48),
});

export type KeySlot = z.infer<typeof keySlotSchema>;

/**
 * One of the settings that OWASP's Password Storage Cheat Sheet calls equal in the defence they give: n = 2^14, r = 8, p = 5.
 * Against n = 2^17, p = 1 it needs 16 MiB instead of 128 and, staying nearer to the processor, a third of the time.
 */
export const defaultScryptCost = 1 << 14;
const BLOCKS = 8;
const PARALLEL = 5;

export interface SlotSecret {
  readonly vaultId: Uint8Array;
  readonly passphrase: string;
}

export interface SlotFacts {
  readonly label: string;
  readonly createdAt: string;
  /** scrypt's n. */
  readonly cost: number;
}

/** The beginning of its salt: new with every slot. */
export function slotId(slot: KeySlot): string {
  return slot.salt.slice(0, 8);
}

export async function wrapMasterKey(
  secret: SlotSecret,
  master: Uint8Array,
  random: Random,
  { label, createdAt, cost }: SlotFacts,
): Promise<KeySlot> {
  const parameters = { n: cost, r: BLOCKS, p: PARALLEL };
  const salt = random.bytes(32);
  const nonce = random.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', await passphraseKey(secret.passphrase, salt, parameters), nonce);
  cipher.setAAD(slotContext(secret.vaultId));
  const wrapped = Buffer.concat([cipher.update(master), cipher.final(), cipher.getAuthTag()]);
  const secrets = { salt: toHex(salt), nonce: toHex(nonce), wrapped: toHex(wrapped) };
  return { kind: 'scrypt', label, createdAt, ...parameters, ...secrets };
}

/** The master key, or undefined when the passphrase does not open this slot. */
export async function unwrapMasterKey(secret: SlotSecret, slot: KeySlot): Promise<Uint8Array | undefined> {
  if (128 * slot.n * slot.r > 2 * GIB) return undefined;
  const key = await passphraseKey(secret.passphrase, Buffer.from(slot.salt, 'hex'), slot);
  const wrapped = Buffer.from(slot.wrapped, 'hex');
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(slot.nonce, 'hex'));
  cipher.setAAD(slotContext(secret.vaultId));
  cipher.setAuthTag(wrapped.subarray(32));
  try {
    return Buffer.concat([cipher.update(wrapped.subarray(0, 32)), cipher.final()]);
  } catch {
    return undefined;
  }
}

function slotContext(vaultId: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from('kura-vault/1/slot'), vaultId]);
}

/** Passphrases are taken as UTF-8 of their NFC form: macOS types か + ゛ where others type が. */
function passphraseKey(
  passphrase: string,
  salt: Uint8Array,
  cost: { readonly n: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  const options = { N: cost.n, r: cost.r, p: cost.p, maxmem: 128 * cost.n * cost.r * 2 + MIB };
  return new Promise((resolve, reject) => {
    scrypt(Buffer.from(passphrase.normalize('NFC')), salt, 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function hex(bytes: number) {
  return z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
}
