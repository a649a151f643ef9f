/** What can be seen of the copies right now: whether each repository is where it should be. */
import type { Copy } from './protected-job.ts';
import { repositoryIdentity } from './repository-identity.ts';

/** Ids of the copies that can be reached. */
export type Observations = ReadonlySet<string>;

export async function observeCopies(copies: readonly Copy[]): Promise<Observations> {
  const seen = await Promise.all(copies.map(async (copy) => ((await isReachable(copy)) ? [copy.id] : [])));
  return new Set(seen.flat());
}

/** A repository that is there but cannot be understood is reachable: it is damaged, not away. */
export async function isReachable({ repository, vaultId }: Copy): Promise<boolean> {
  const found = await repositoryIdentity(repository);
  return found !== undefined && (found.vaultId === undefined || found.vaultId === vaultId);
}
