/** The keys of this installation, put together with what a person names, for sealing and opening. */
import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import {
  checkPassphrase,
  type InstanceKeys,
  identitiesIn,
  newIdentity,
  newSigner,
  type OpeningWish,
  recipientOf,
  recipientsIn,
  type SealingKeys,
  type SealingLevel,
  signerFingerprint,
  signerFrom,
  signerOf,
} from '#engines/sealing';
import { type Random, systemRandom } from '#kernel/clock';
import type { Secrets, StoredSecrets } from '#platform/secrets';

export interface ProtectionDeps {
  readonly secrets: Secrets;
  readonly storedSecrets: StoredSecrets;
  readonly random: Random;
  /** age recipients who can open everything that is sealed here. */
  readonly escrow: () => readonly string[];
}

export interface SealingWish {
  readonly level: SealingLevel;
  readonly passphrase?: string | undefined;
  readonly recipients?: readonly string[] | undefined;
  /** Files with one recipient a line. */
  readonly recipientsFiles?: readonly string[] | undefined;
}

export interface OpeningFiles {
  readonly passphrase?: string | undefined;
  readonly identityFiles?: readonly string[] | undefined;
  readonly signers?: readonly string[] | undefined;
}

export interface InstallationIdentity {
  /** Whoever seals for this installation names it. */
  readonly recipient: string;
  /** Fingerprint of the key with which it signs. */
  readonly signer: string;
}

/** Opens what belongs to this installation, when it is needed: a passphrase alone needs nothing of it. */
export type OpenProtection = () => Promise<ProtectionDeps>;

const identityName = 'protection.identity';
const signerName = 'protection.signer';
const context = 'file/data-key';

/** @throws KuraError invalid `sealing.passphrase-weak`; what reading the files throws shows when they are needed */
export function sealingKeys(open: OpenProtection, wish: SealingWish): SealingKeys {
  const { level, passphrase } = wish;
  if (passphrase !== undefined) checkPassphrase(passphrase);
  return {
    level,
    random: systemRandom,
    instance: instanceKeys(open),
    passphrase,
    recipients: async () => recipientsOf(await open(), wish),
    signer: async () => ownSigner(await open()),
    escrow: async () => (await open()).escrow(),
  };
}

export function openingKeys(open: OpenProtection, wish: OpeningFiles): OpeningWish {
  return {
    instance: instanceKeys(open),
    passphrase: wish.passphrase,
    identities: async () => {
      const files = await Promise.all((wish.identityFiles ?? []).map((path) => readFile(path, 'utf8')));
      const own = await (await open()).storedSecrets.read(identityName);
      return [...files.flatMap(identitiesIn), ...(own === undefined ? [] : [own])];
    },
    signers: wish.signers,
  };
}

/** Makes both keys where there are none yet. */
export async function installationIdentity(
  deps: ProtectionDeps,
  kind: 'x25519' | 'post-quantum' = 'x25519',
): Promise<InstallationIdentity> {
  const identity = await deps.storedSecrets.readOrMake(identityName, () => newIdentity(kind));
  return {
    recipient: await recipientOf(identity),
    signer: signerFingerprint(signerOf(await ownSigner(deps))),
  };
}

async function recipientsOf(deps: ProtectionDeps, wish: SealingWish): Promise<readonly string[]> {
  const files = await Promise.all((wish.recipientsFiles ?? []).map((path) => readFile(path, 'utf8')));
  const named = [...(wish.recipients ?? []), ...files.flatMap(recipientsIn)];
  return named.length > 0 ? named : [(await installationIdentity(deps)).recipient];
}

async function ownSigner({ storedSecrets }: ProtectionDeps): Promise<KeyObject> {
  return signerFrom(await storedSecrets.readOrMake(signerName, async () => newSigner()));
}

function instanceKeys(open: OpenProtection): InstanceKeys {
  return {
    wrap: async (dataKey) => (await open()).secrets.sealBytes(context, dataKey),
    unwrap: async (wrapped) => (await open()).secrets.openBytes(context, wrapped),
  };
}
