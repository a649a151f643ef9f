/** What can be seen of the copies right now: whether each repository is where it should be. */
import type { StorageOpener } from '../../ports.ts';
import { canSeeRepository } from '../engines/glance-repository.ts';
import { toolOf } from '../engines/tool-of.ts';
import type { Copy } from './protected-job.ts';
import { repositoryIdentity } from './repository-identity.ts';

/** Ids of the copies that can be reached. */
export type Observations = ReadonlySet<string>;

/** Each look has its patience from when it begins: thousands at once would run out of it, and of open files. */
const looksAtOnce = 200;

export async function observeCopies(copies: readonly Copy[], storages: StorageOpener): Promise<Observations> {
  const seen = new Set<string>();
  const left = copies.values();
  async function look(): Promise<void> {
    for (const copy of left) if (await isReachable(copy, storages)) seen.add(copy.id);
  }
  await Promise.all(Array.from({ length: Math.min(looksAtOnce, copies.length) }, look));
  return seen;
}

/** A repository that is there but cannot be understood is reachable: it is damaged, not away. */
export async function isReachable({ engine, repository, vaultId }: Copy, storages: StorageOpener): Promise<boolean> {
  // Only told about; what lies there is nothing that could be recognised.
  if (engine === 'reported') return false;
  const tool = toolOf({ engine });
  if (tool !== undefined) return await canSeeRepository(tool, { repository, vaultId });
  const found = await repositoryIdentity(repository, storages);
  return found !== undefined && (found.vaultId === undefined || found.vaultId === vaultId);
}
