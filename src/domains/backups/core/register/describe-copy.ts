/** What a copy is, as it is registered: each engine looks at its repository in its own way. */
import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';

import type { Vault } from '#engines/vault';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import type { NewCopy } from '../../contract/index.ts';
import type { BackupsContext } from '../backups-context.ts';
import { describeEngineCopy } from '../engines/describe-engine-copy.ts';
import { toolOf } from '../engines/tool-of.ts';
import { openVaultAt, type VaultPlace } from '../vaults/open-vault-at.ts';
import { readPassphrase } from '../vaults/read-passphrase.ts';
import { isAddress } from '../vaults/repository-place.ts';
import type { Copy, Job } from './protected-job.ts';
import { repositoryIdentity } from './repository-identity.ts';
import { requireAbsolute } from './require-place.ts';

/** @throws KuraError `backups.path-not-absolute`, `backups.tool-missing` and those of the engine. */
export async function describeCopy(context: BackupsContext, job: Job, wanted: NewCopy): Promise<Copy> {
  const engine = wanted.engine ?? 'kura-vault';
  if (wanted.passphraseFile !== undefined) requireAbsolute(wanted.passphraseFile);
  const { repository, vaultId, encrypted, engineSettings } = await look(context, job, wanted);
  const now = nowInstant(context.clock);
  return {
    id: context.ids.next(),
    job: job.key,
    name: wanted.name ?? freeName(job, basename(repository.split('?')[0] ?? repository)),
    repository,
    vaultId,
    encrypted,
    role: wanted.role ?? (job.copies.length === 0 ? 'primary' : 'secondary'),
    site: wanted.site,
    media: wanted.media,
    connectivity: wanted.offline ? 'offline' : 'online',
    rotationDays: wanted.offline ? wanted.rotationDays : null,
    passphraseFile: wanted.passphraseFile ?? null,
    mediumState: 'connected',
    mediumStateAt: now,
    createdAt: now,
    engine,
    tool: wanted.tool ?? null,
    engineSettings,
    provider: wanted.provider ?? null,
    enabled: true,
    lockedUntil: wanted.lockedUntil ?? null,
  };
}

type Seen = Pick<Copy, 'repository' | 'vaultId' | 'encrypted' | 'engineSettings'>;

async function look(context: BackupsContext, job: Job, wanted: NewCopy): Promise<Seen> {
  const engine = wanted.engine ?? 'kura-vault';
  const tool = toolOf({ engine });
  if (tool !== undefined) return await describeEngineCopy(context, job, tool, wanted);
  if (engine === 'kura-vault') return await lookAtVault(context, wanted);
  if (engine === 'reported' && wanted.tool === undefined) {
    throw new KuraError('invalid', 'backups.tool-missing', { params: { repository: wanted.repository } });
  }
  return { repository: wanted.repository, vaultId: '', encrypted: wanted.encrypted ?? false, engineSettings: {} };
}

/** Opens the vault once: a wrong path or passphrase shows now and not at the first backup in the night. */
async function lookAtVault(context: BackupsContext, wanted: NewCopy): Promise<Seen> {
  const onServer = isAddress(wanted.repository);
  if (!onServer) requireAbsolute(wanted.repository);
  const repository = onServer ? wanted.repository : await realpath(wanted.repository).catch(() => wanted.repository);
  return { repository, ...(await openNewVault(context, repository, wanted)), engineSettings: {} };
}

async function openNewVault(context: BackupsContext, repository: string, { passphraseFile }: NewCopy) {
  const signal = new AbortController().signal;
  if ((await repositoryIdentity(repository, context.storages, signal)) === undefined) {
    throw new KuraError('not-found', 'vault.not-a-vault', { params: { location: repository } });
  }
  const passphrase = await readPassphrase({ file: passphraseFile, fromEnvironment: context.passphrase });
  await using vault = await openWithOrWithout(
    context,
    { repository, passphrase, signal },
    passphraseFile !== undefined,
  );
  return { vaultId: vault.id, encrypted: vault.encrypted };
}

/** The environment's passphrase is for the repositories that need one; a file that is named must be of use. */
async function openWithOrWithout({ storages }: BackupsContext, place: VaultPlace, named: boolean): Promise<Vault> {
  try {
    return await openVaultAt(place, storages);
  } catch (error) {
    const unused = error instanceof KuraError && error.code === 'vault.passphrase-unused';
    if (named || !unused) throw error;
    return await openVaultAt({ ...place, passphrase: undefined }, storages);
  }
}

function freeName(job: Job, wanted: string): string {
  const taken = new Set(job.copies.map(({ name }) => name));
  const base =
    wanted
      .replace(/[^\p{L}\p{N}._ -]/gu, '-')
      .replace(/^[^\p{L}\p{N}]+/u, '')
      .slice(0, 50) || 'copy';
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
