import type { Snapshot, Vault } from '#engines/vault';
import { KuraError } from '#kernel/errors';

/**
 * The newest snapshot of a job: a vault may hold those of many, and the newest of all proves nothing about this one.
 * @throws KuraError not-found `vault.no-snapshots`; what is wrong with the list when it cannot be read.
 */
export async function newestOfJob(vault: Vault, job: string, signal: AbortSignal): Promise<Snapshot> {
  const { snapshots, damaged } = await vault.snapshots(signal);
  const newest = snapshots.findLast(({ tags }) => tags.includes(job));
  if (newest !== undefined) return newest;
  throw damaged[0] ?? new KuraError('not-found', 'vault.no-snapshots', { params: { location: vault.location } });
}
