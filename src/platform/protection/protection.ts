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
import type { Random } from '#kernel/clock';
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

const identityName = 'protection.identity';
const signerName = 'protection.signer';
const context = 'file/data-key';

/** @throws KuraError invalid `sealing.passphrase-weak` and what reading the files throws */
export async function sealingKeys(deps: ProtectionDeps, wish: SealingWish): Promise<SealingKeys> {
  const { level, passphrase } = wish;
  if (passphrase !== undefined) checkPassphrase(passphrase);
  const signed = level === 'high' || level === 'maximum';
  return {
    level,
    random: deps.random,
    instance: instanceKeys(deps.secrets),
    passphrase,
    ...(signed ? { recipients: await recipientsOf(deps, wish), signer: await ownSigner(deps) } : {}),
    escrow: deps.escrow(),
  };
}

export async function openingKeys(deps: ProtectionDeps, wish: OpeningFiles): Promise<OpeningWish> {
  const files = await Promise.all((wish.identityFiles ?? []).map((path) => readFile(path, 'utf8')));
  const own = await deps.storedSecrets.read(identityName);
  return {
    instance: instanceKeys(deps.secrets),
    passphrase: wish.passphrase,
    identities: [...files.flatMap(identitiesIn), ...(own === undefined ? [] : [own])],
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

function instanceKeys(secrets: Secrets): InstanceKeys {
  return {
    wrap: (dataKey) => secrets.sealBytes(context, dataKey),
    unwrap: (wrapped) => secrets.openBytes(context, wrapped),
  };
}
