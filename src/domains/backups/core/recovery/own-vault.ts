/** A first copy where nobody has named one: a vault in the data directory. It saves from mistakes; only others save from a lost disk. */
import { mkdir, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import { createLocalDiskStorage, initVault } from '#engines/vault';
import { systemCode } from '#kernel/errors';
import { acquireLock } from '#platform/files';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsContext } from '../backups-context.ts';
import { requireJob } from '../register/find-registered.ts';
import type { Job } from '../register/protected-job.ts';
import { addCopy } from '../register/register.ts';
import { kuraJob } from './recovery-rules.ts';

/** The job with at least one copy. @throws KuraError as making and opening a vault. */
export async function ensureOwnCopy(context: BackupsContext, actor: Actor, signal: AbortSignal): Promise<Job> {
  const { clock, lockFolder } = context;
  const lock = { folder: lockFolder, name: 'own-vault', command: 'kura dr backup', clock, waitMs: 60_000, signal };
  await using _lock = await acquireLock(lock);
  const job = await requireJob(context, kuraJob);
  if (job.copies.length > 0) return job;
  const { vault: folder } = context.recovery();
  if (await isEmpty(folder)) {
    await mkdir(dirname(folder), { recursive: true });
    // What lies beside the data directory in the clear gains nothing by a passphrase beside it; secrets in it are sealed.
    await initVault({ storage: createLocalDiskStorage({ folder }), encryption: 'none' });
  }
  await addCopy(context, actor, kuraJob, {
    name: 'own',
    repository: folder,
    site: job.site,
    media: 'disk',
    offline: false,
    rotationDays: 30,
  });
  return await requireJob(context, kuraJob);
}

async function isEmpty(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.length === 0;
}
