/** The ways to a data key: age files for passphrases and recipients, the installation's own keys for the level basic. */

import { KuraError } from '#kernel/errors';

import type { KeySlot } from './header.ts';

/** Keys of an installation, which wrap a data key of the level basic. */
export interface InstanceKeys {
  wrap(dataKey: Uint8Array): Uint8Array;
  /** @throws when the key does not open here */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

export interface OpeningKeys {
  readonly instance?: InstanceKeys | undefined;
  readonly passphrase?: string | undefined;
  /** age identities: `AGE-SECRET-KEY-1…`, `AGE-SECRET-KEY-PQ-1…`. */
  readonly identities?: readonly string[] | undefined;
}

/**
 * 2^16 · 1 KiB = 64 MiB of memory, as much as RFC 9106 asks of machines without much of it. The age tool takes four times as
 * much; the least length of passphrases (passphrase.ts) makes up for it, and small machines seal, too.
 */
const defaultScryptWorkFactor = 16;

export async function passphraseSlot(
  dataKey: Uint8Array,
  passphrase: string,
  workFactor = defaultScryptWorkFactor,
): Promise<KeySlot> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  return { for: 'passphrase', age: base64(await encrypter.encrypt(dataKey)) };
}

/** @throws KuraError invalid `sealing.recipient-invalid` */
export async function recipientsSlot(
  kind: 'recipients' | 'escrow',
  dataKey: Uint8Array,
  recipients: readonly string[],
): Promise<KeySlot> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (cause) {
      throw new KuraError('invalid', 'sealing.recipient-invalid', { params: { recipient }, cause });
    }
  }
  return { for: kind, age: base64(await encrypter.encrypt(dataKey)) };
}

export function instanceSlot(dataKey: Uint8Array, keys: InstanceKeys): KeySlot {
  return { for: 'instance', wrapped: base64(keys.wrap(dataKey)) };
}

/** The data key, from the first way that these keys open. @throws KuraError `sealing.keys-missing`, `sealing.wrong-key` */
export async function dataKeyOf(slots: readonly KeySlot[], keys: OpeningKeys): Promise<Uint8Array> {
  let tried = false;
  for (const slot of slots) {
    if (!fits(slot, keys)) continue;
    tried = true;
    const dataKey = await unwrap(slot, keys).catch(() => undefined);
    if (dataKey?.byteLength === 32) return dataKey;
  }
  if (tried) throw new KuraError('unauthenticated', 'sealing.wrong-key');
  const needed = slots.find((slot) => slot.for !== 'escrow')?.for ?? 'escrow';
  throw new KuraError('invalid', needed === 'passphrase' ? 'sealing.passphrase-missing' : 'sealing.identity-missing');
}

function fits(slot: KeySlot, { instance, passphrase, identities = [] }: OpeningKeys): boolean {
  if (slot.for === 'instance') return instance !== undefined;
  return slot.for === 'passphrase' ? passphrase !== undefined : identities.length > 0;
}

async function unwrap(slot: KeySlot, keys: OpeningKeys): Promise<Uint8Array | undefined> {
  if (slot.for === 'instance') return keys.instance?.unwrap(Buffer.from(slot.wrapped, 'base64'));
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  if (slot.for === 'passphrase') decrypter.addPassphrase(keys.passphrase ?? '');
  else for (const identity of keys.identities ?? []) decrypter.addIdentity(identity);
  return await decrypter.decrypt(Buffer.from(slot.age, 'base64'));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
