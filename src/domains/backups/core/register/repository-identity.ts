/** Which vault lies at a place, without opening it: a medium may be away, or another one may be in its place. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

import { isKuraError, systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import type { RemoteStorage, StorageOpener } from '../../ports.ts';
import { isAddress } from '../vaults/repository-place.ts';

export interface RepositoryIdentity {
  /** Undefined when the repository's own description cannot be understood; opening it says why. */
  readonly vaultId: string | undefined;
}

const describedSchema = z.looseObject({ format: z.literal('kura-vault'), id: z.string() });
/** A network folder that does not answer for so long is not there. */
const patienceMs = 3 * SECOND;
/** A server may have to be dialled, and its own storage woken up. */
const serverPatienceMs = 15 * SECOND;

/** Undefined when there is no repository to be seen. */
export async function repositoryIdentity(
  repository: string,
  storages: StorageOpener,
  signal?: AbortSignal,
): Promise<RepositoryIdentity | undefined> {
  if (isAddress(repository)) return await identityOnServer(repository, storages, signal);
  const over = new AbortController();
  const tooLate = sleep(patienceMs, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    return await Promise.race([look(repository), tooLate]);
  } finally {
    over.abort();
  }
}

/** With a signal, whoever asks wants to work with it and hears why that cannot be; otherwise it is just not to be seen. */
async function identityOnServer(
  address: string,
  storages: StorageOpener,
  signal: AbortSignal | undefined,
): Promise<RepositoryIdentity | undefined> {
  const patience = AbortSignal.timeout(serverPatienceMs);
  try {
    await using storage = await storages.open(address);
    const wait = signal ?? patience;
    const texts = [await readObject(storage, 'config', wait), await readObject(storage, 'config.copy', wait)];
    return described(texts);
  } catch (error) {
    if (signal === undefined && (isKuraError(error) || patience.aborted)) return undefined;
    throw error;
  }
}

async function readObject(storage: RemoteStorage, key: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return Buffer.from(await storage.read(key, { signal })).toString('utf8');
  } catch (error) {
    if (isKuraError(error) && error.code === 'vault.object-missing') return undefined;
    throw error;
  }
}

async function look(repository: string): Promise<RepositoryIdentity | undefined> {
  const texts = await Promise.all(['config', 'config.copy'].map((name) => readText(join(repository, name))));
  return described(texts);
}

function described(texts: readonly (string | undefined)[]): RepositoryIdentity | undefined {
  const present = texts.filter((text) => text !== undefined);
  if (present.length === 0) return undefined;
  return { vaultId: present.map(idIn).find((id) => id !== undefined) };
}

/** Undefined when it is not there; empty when it is there and cannot be read. */
async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) =>
    ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '') ? undefined : '',
  );
}

function idIn(text: string): string | undefined {
  try {
    return describedSchema.safeParse(JSON.parse(text)).data?.id;
  } catch {
    return undefined;
  }
}
