/** From a passphrase and the config to the keys of a repository. */
import { KuraError } from '#kernel/errors';

import { CONFIG_KEY, type StoredConfig, type VaultConfig } from '../repository/vault-config.ts';
import { unwrapFormerMasters } from './former-masters.ts';
import { type KeySlot, unwrapMasterKey } from './key-slot.ts';
import { normalisedPassphrase } from './recovery-code.ts';
import { configKey, deriveVaultKeys, masterCommitment, sameHex, type VaultKeys, vaultIdBytes } from './vault-keys.ts';

export type EncryptedConfig = VaultConfig & { readonly encryption: 'aes256-gcm-hkdf-1mb' };

export interface UnlockedConfig {
  readonly config: EncryptedConfig;
  readonly vaultId: Uint8Array;
  readonly master: Uint8Array;
  /** Master keys before this one, oldest first. */
  readonly former: readonly Uint8Array[];
  /** The slot the passphrase opened. */
  readonly slot: KeySlot;
}

/** @throws KuraError as `openVault`. */
export async function unlockVault(stored: StoredConfig, passphrase: string | undefined): Promise<VaultKeys> {
  const vaultId = vaultIdBytes(stored.config.id);
  if (stored.config.encryption !== 'none') {
    const { former, master } = await unlockConfig(stored, passphrase);
    return deriveVaultKeys(vaultId, [...former, master]);
  }
  // Whoever has a passphrase expects encryption: a config that was swapped for an open one must not pass unnoticed.
  if (passphrase !== undefined) throw new KuraError('invalid', 'vault.passphrase-unused');
  return { vaultId };
}

/** @throws KuraError invalid `vault.not-encrypted` | `vault.passphrase-missing`, unauthenticated `vault.passphrase-wrong`, mismatch. */
export async function unlockConfig(stored: StoredConfig, passphrase: string | undefined): Promise<UnlockedConfig> {
  const { config } = stored;
  if (config.encryption === 'none') throw new KuraError('invalid', 'vault.not-encrypted');
  if (passphrase === undefined || passphrase === '') throw new KuraError('invalid', 'vault.passphrase-missing');
  const vaultId = vaultIdBytes(config.id);
  const opened = await openSlots(config, vaultId, passphrase);
  if (opened === undefined) throw new KuraError('unauthenticated', 'vault.passphrase-wrong');
  const { master, slot } = opened;
  if (!stored.authenticatedBy(configKey(vaultId, master))) {
    throw new KuraError('mismatch', 'vault.config-damaged', { params: { object: CONFIG_KEY } });
  }
  const former = unwrapFormerMasters({ vaultId, master }, config.formerMasters ?? []);
  return { config, vaultId, master, former, slot };
}

/** The slot that the passphrase opens, if any does. */
export async function openSlots(
  config: EncryptedConfig,
  vaultId: Uint8Array,
  passphrase: string,
): Promise<{ readonly master: Uint8Array; readonly slot: KeySlot } | undefined> {
  const secret = { vaultId, passphrase: normalisedPassphrase(passphrase) };
  for (const slot of config.keySlots) {
    const master = await unwrapMasterKey(secret, slot);
    if (master !== undefined && sameHex(masterCommitment(vaultId, master), config.masterCommitment)) {
      return { master, slot };
    }
  }
  return undefined;
}
