/** Sealed secrets (P-004, P-061): data keys in the database, wrapped with the master key; values sealed with a data key. */
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import { aeadKeyId, aeadOpen, aeadSeal } from './aead.ts';
import { type MasterKeys, openKeyring, type SecretKeysState, type SecretsDeps } from './keyring.ts';
import { isSealed, sealedMark } from './sealed-text.ts';

export interface Secrets {
  /** Safe inside a transaction. @param context Table and row (`totp/ACCOUNT`): the value opens nowhere else. */
  seal(context: string, secret: string): string;
  /** @throws KuraError `secrets.cannot-open`: not sealed here, for another place, or changed; `secrets.key-missing`. */
  open(context: string, sealed: string): Promise<string>;
  sealBytes(context: string, secret: Uint8Array): Uint8Array;
  /** @throws as `open` */
  openBytes(context: string, sealed: Uint8Array): Promise<Uint8Array>;
  state(): Promise<SecretKeysState>;
  /** A new data key for what is sealed from now on; earlier ones go on opening what they sealed. Its id. */
  renewDataKey(actor: Actor): Promise<string>;
  /** The same where the present one has less than a month to go: by itself, each day. */
  renewDue(actor: Actor): Promise<string | undefined>;
  /** Wraps every data key that one of `from` (or the present master key) opens with `to`. Sealed values stay as they are. */
  rewrap(actor: Actor, masters: MasterKeys): Promise<number>;
  /** The audit log knows that the master key left the house on paper. */
  noteKit(actor: Actor): Promise<void>;
}

export async function openSecrets(deps: SecretsDeps): Promise<Secrets> {
  const keyring = await openKeyring(deps);

  function sealBytes(context: string, secret: Uint8Array): Uint8Array {
    return aeadSeal(keyring.active(), secret, context, deps.random);
  }
  async function openBytes(context: string, sealed: Uint8Array): Promise<Uint8Array> {
    const id = aeadKeyId(sealed);
    if (id === undefined) throw new KuraError('mismatch', 'secrets.cannot-open');
    const key = await keyring.find(id);
    if (key === undefined) throw new KuraError('unavailable', 'secrets.key-missing', { params: { id } });
    const plain = aeadOpen(key, sealed, context);
    if (plain === undefined) throw new KuraError('mismatch', 'secrets.cannot-open');
    return plain;
  }

  return {
    sealBytes,
    openBytes,
    seal: (context, secret) =>
      `${sealedMark}${Buffer.from(sealBytes(context, Buffer.from(secret))).toString('base64url')}`,
    async open(context, sealed) {
      if (!isSealed(sealed)) throw new KuraError('mismatch', 'secrets.cannot-open');
      const plain = await openBytes(context, Buffer.from(sealed.slice(sealedMark.length), 'base64url'));
      return Buffer.from(plain).toString('utf8');
    },
    state: () => keyring.state(),
    renewDataKey: (actor) => keyring.renew(actor),
    renewDue: (actor) => keyring.renewDue(actor),
    rewrap: (actor, masters) => keyring.rewrap(actor, masters),
    noteKit: (actor) => keyring.noteKit(actor),
  };
}
