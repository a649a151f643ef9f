/** The ways to a data key: age files for passphrases and recipients, the installation's own keys for the level basic. */

import { KuraError } from '#kernel/errors';
import { usualWorkFactor } from '#kernel/stretch-passphrase';

import { type Given, given } from './given.ts';
import type { KeySlot } from './header.ts';
import { scryptIdentity, scryptRecipient } from './scrypt-stanza.ts';

/** Keys of an installation, which wrap a data key of the level basic. */
export interface InstanceKeys {
  wrap(dataKey: Uint8Array): Promise<Uint8Array>;
  /** @throws when the key does not open here */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

export interface OpeningKeys {
  readonly instance?: InstanceKeys | undefined;
  readonly passphrase?: string | undefined;
  /** age identities: `AGE-SECRET-KEY-1…`, `AGE-SECRET-KEY-PQ-1…`. */
  readonly identities?: Given<readonly string[]> | undefined;
}

export async function passphraseSlot(
  dataKey: Uint8Array,
  passphrase: string,
  workFactor = usualWorkFactor,
): Promise<KeySlot> {
  // First: scrypt needs its memory only for a moment, and before everything else is there.
  const recipient = await scryptRecipient(passphrase, workFactor);
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
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

export async function instanceSlot(dataKey: Uint8Array, keys: InstanceKeys): Promise<KeySlot> {
  return { for: 'instance', wrapped: base64(await keys.wrap(dataKey)) };
}

/** The data key, from the first way that these keys open. @throws KuraError `sealing.keys-missing`, `sealing.wrong-key` */
export async function dataKeyOf(slots: readonly KeySlot[], keys: OpeningKeys): Promise<Uint8Array> {
  let tried = false;
  for (const slot of slots) {
    if (!(await fits(slot, keys))) continue;
    tried = true;
    const dataKey = await unwrap(slot, keys).catch(() => undefined);
    if (dataKey?.byteLength === 32) return dataKey;
  }
  if (tried) throw new KuraError('unauthenticated', 'sealing.wrong-key');
  const needed = slots.find((slot) => slot.for !== 'escrow')?.for ?? 'escrow';
  throw new KuraError('invalid', needed === 'passphrase' ? 'sealing.passphrase-missing' : 'sealing.identity-missing');
}

async function fits(slot: KeySlot, { instance, passphrase, identities = [] }: OpeningKeys): Promise<boolean> {
  if (slot.for === 'instance') return instance !== undefined;
  return slot.for === 'passphrase' ? passphrase !== undefined : (await given(identities)).length > 0;
}

async function unwrap(slot: KeySlot, keys: OpeningKeys): Promise<Uint8Array | undefined> {
  if (slot.for === 'instance') return keys.instance?.unwrap(Buffer.from(slot.wrapped, 'base64'));
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  if (slot.for === 'passphrase') decrypter.addIdentity(scryptIdentity(keys.passphrase ?? ''));
  else for (const identity of await given(keys.identities ?? [])) decrypter.addIdentity(identity);
  return await decrypter.decrypt(Buffer.from(slot.age, 'base64'));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
