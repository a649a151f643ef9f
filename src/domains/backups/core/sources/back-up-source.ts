/** One backup of a job's source to a vault, whatever kind of source it is. */
import type { BackupProgress, BackupResult, Vault } from '#engines/vault';

import type { BackupsContext } from '../backups-context.ts';
import type { Job } from '../register/protected-job.ts';
import { sourceOfJob } from './job-source.ts';
import { openSource } from './open-source.ts';
import { labelOf } from './source-kind.ts';

export interface SourceBackup {
  readonly job: Job;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: BackupProgress) => void) | undefined;
}

/** @throws KuraError as `sourceOfJob`, `openSource` and the vault. */
export async function backUpSource(
  context: Pick<BackupsContext, 'database' | 'ownImage' | 'programs' | 'sources'>,
  vault: Vault,
  { job, signal, onProgress }: SourceBackup,
): Promise<BackupResult> {
  const { source, warnExitCodes } = await sourceOfJob(context, job);
  const shared = { signal, tags: [job.key], ...(onProgress === undefined ? {} : { onProgress }) };
  if (source.kind === 'folder') return await vault.backup({ ...shared, source: source.path });
  if (source.kind === 'kura') {
    await using image = await context.ownImage.stage(signal);
    return await vault.backup({ ...shared, source: image.folder });
  }
  return await vault.backupStream({
    ...shared,
    source: labelOf(source),
    name: source.name,
    open: (stop) => openSource(source, { ...context.sources, warningCodes: warnExitCodes }, stop),
  });
}
