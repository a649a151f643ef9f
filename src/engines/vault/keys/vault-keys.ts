/**
 * The keys of an encrypted repository. One random master key; from it, by HKDF-SHA-256 (RFC 5869) with the repository
 * id as salt, one key per purpose. A rotated repository has several master keys: the first gives the ids for ever (or
 * nothing would be recognised again), each gives the content key of what was written in its time.
 */
import { hkdfSync, timingSafeEqual } from 'node:crypto';

export interface VaultKeys {
  /** The 16 bytes of the repository's UUID. */
  readonly vaultId: Uint8Array;
  /** Absent in a repository without encryption. */
  readonly secret?: {
    /** Key values of the streaming encryption of objects, oldest first; new ones are sealed with the last. */
    readonly content: readonly Uint8Array[];
    /** Key of the BLAKE3 ids, so that ids tell nothing about contents. */
    readonly id: Uint8Array;
  };
}

/** `masters`: the master keys so far, oldest first. */
export function deriveVaultKeys(
  vaultId: Uint8Array,
  masters: readonly [...former: Uint8Array[], present: Uint8Array],
): VaultKeys {
  return {
    vaultId,
    secret: {
      content: masters.map((master) => purposeKey(vaultId, master, 'content')),
      id: purposeKey(vaultId, masters[0], 'id'),
    },
  };
}

/** Key under which the master keys before this one are kept. */
export function formerMastersKey(vaultId: Uint8Array, master: Uint8Array): Uint8Array {
  return purposeKey(vaultId, master, 'former');
}

/** Key of the MAC over `config`. */
export function configKey(vaultId: Uint8Array, master: Uint8Array): Uint8Array {
  return purposeKey(vaultId, master, 'config');
}

/** Binds the repository to exactly one master key: AES-GCM alone would let one slot open under two passphrases. */
export function masterCommitment(vaultId: Uint8Array, master: Uint8Array): string {
  return Buffer.from(purposeKey(vaultId, master, 'commitment')).toString('hex');
}

export function sameHex(one: string, other: string): boolean {
  const left = Buffer.from(one, 'hex');
  const right = Buffer.from(other, 'hex');
  return left.length === right.length && timingSafeEqual(left, right);
}

export function vaultIdBytes(uuid: string): Uint8Array {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function purposeKey(vaultId: Uint8Array, master: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, vaultId, `kura-vault/1/${purpose}`, 32));
}
