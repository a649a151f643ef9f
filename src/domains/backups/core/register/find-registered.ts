import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs } from '../../store/register-store.ts';
import type { Copy, Job } from './protected-job.ts';

/** @throws KuraError `backups.job-not-found`. */
export async function requireJob({ database }: { readonly database: Database }, key: string): Promise<Job> {
  const [job] = await findJobs(database.tables<BackupsTables>(), [key]);
  if (job === undefined) throw jobNotFound(key);
  return job;
}

/** @throws KuraError `backups.copy-not-found`. */
export function requireCopy(job: Job, name: string): Copy {
  const copy = job.copies.find((one) => one.name === name);
  if (copy === undefined) {
    throw new KuraError('not-found', 'backups.copy-not-found', { params: { job: job.key, copy: name } });
  }
  return copy;
}

export function jobNotFound(key: string): KuraError {
  return new KuraError('not-found', 'backups.job-not-found', { params: { job: key } });
}
