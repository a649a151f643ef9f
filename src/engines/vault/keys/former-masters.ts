/**
 * Rotation without rewriting: a repository's earlier master keys, each wrapped with AES-256-GCM under a key of the
 * present one, so that whoever opens the repository today reads what was written in their time.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

import { z } from 'zod';

import type { Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { formerMastersKey } from './vault-keys.ts';

export const formerMasterSchema = z.strictObject({
  nonce: z.string().regex(/^[0-9a-f]{24}$/),
  /** Ciphertext of the 32-byte master key, then the 16-byte tag. */
  wrapped: z.string().regex(/^[0-9a-f]{96}$/),
});
export type FormerMaster = z.infer<typeof formerMasterSchema>;

export interface MasterHome {
  readonly vaultId: Uint8Array;
  /** The present master key. */
  readonly master: Uint8Array;
}

export function wrapFormerMasters(
  home: MasterHome,
  former: readonly Uint8Array[],
  random: Random,
): readonly FormerMaster[] {
  const key = formerMastersKey(home.vaultId, home.master);
  return former.map((master, index) => {
    const nonce = random.bytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(contextOf(home, index));
    const wrapped = Buffer.concat([cipher.update(master), cipher.final(), cipher.getAuthTag()]);
    return { nonce: Buffer.from(nonce).toString('hex'), wrapped: wrapped.toString('hex') };
  });
}

/** @throws KuraError mismatch `vault.config-damaged`. */
export function unwrapFormerMasters(home: MasterHome, former: readonly FormerMaster[]): readonly Uint8Array[] {
  const key = formerMastersKey(home.vaultId, home.master);
  return former.map(({ nonce, wrapped }, index) => {
    const bytes = Buffer.from(wrapped, 'hex');
    const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'hex'));
    cipher.setAAD(contextOf(home, index));
    cipher.setAuthTag(bytes.subarray(32));
    try {
      return Buffer.concat([cipher.update(bytes.subarray(0, 32)), cipher.final()]);
    } catch (error) {
      throw new KuraError('mismatch', 'vault.config-damaged', { params: { object: 'config' }, cause: error });
    }
  });
}

/** The place counts too: content keys go by number. */
function contextOf({ vaultId }: MasterHome, index: number): Uint8Array {
  return Buffer.concat([Buffer.from('kura-vault/1/former'), vaultId, Uint8Array.of(index)]);
}
