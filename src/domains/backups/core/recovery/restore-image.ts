/** Brings an image of Kura out of a repository, with nothing else of Kura around: what a new machine begins with. */
import type { RestoreProgress, Snapshot } from '#engines/vault';
import { KuraError } from '#kernel/errors';

import type { StorageOpener } from '../../ports.ts';
import { newestOfJob } from '../vaults/newest-of-job.ts';
import { openVaultAt } from '../vaults/open-vault-at.ts';
import { readPassphrase } from '../vaults/read-passphrase.ts';
import { kuraJob } from './recovery-rules.ts';

export interface RestoreImage {
  /** Folder, or address. */
  readonly repository: string;
  readonly passphraseFile: string | undefined;
  /** Value of `KURA_VAULT_PASSPHRASE`. */
  readonly passphrase: string | undefined;
  /** Default: the newest of Kura itself. */
  readonly snapshot: string | undefined;
  readonly target: string;
  readonly storages: StorageOpener;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RestoreProgress) => void;
}

/** @throws KuraError mismatch `backups.image-incomplete`, not-found `vault.no-snapshots`, and those of opening a vault. */
export async function restoreImage({ repository, storages, signal, target, ...wish }: RestoreImage): Promise<Snapshot> {
  const passphrase = await readPassphrase({ file: wish.passphraseFile, fromEnvironment: wish.passphrase });
  await using vault = await openVaultAt({ repository, passphrase, signal }, storages);
  const { snapshot: named, onProgress } = wish;
  const snapshot =
    named === undefined ? await newestOfJob(vault, kuraJob, signal) : await vault.snapshot(named, signal);
  const { problems } = await vault.restore({ snapshot: snapshot.id, target, signal, onProgress });
  if (problems.length === 0) return snapshot;
  const paths = problems.slice(0, 10).map(({ path }) => path);
  throw new KuraError('mismatch', 'backups.image-incomplete', {
    params: { files: problems.length, paths: paths.join(', ') },
  });
}
