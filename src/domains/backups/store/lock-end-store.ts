/** Until when copies are locked against change. */
import type { ReadTables } from '#platform/db';

import type { BackupsTables } from './backups-tables.ts';

export interface EndingLock {
  readonly job: string;
  readonly copy: string;
  readonly lockedUntil: string;
}

/** Of copies in use, locks that end before `until` or have ended; the first to end comes first. */
export async function endingLocks(reads: ReadTables<BackupsTables>, until: string): Promise<readonly EndingLock[]> {
  const rows = await reads
    .selectFrom('backup_copies')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_copies.job_key')
    .select(['backup_copies.job_key as job', 'backup_copies.name as copy', 'backup_copies.locked_until as lockedUntil'])
    .where('backup_jobs.archived_at', 'is', null)
    .where('backup_copies.enabled', '=', 1)
    .where('backup_copies.locked_until', 'is not', null)
    .where('backup_copies.locked_until', '<', until)
    .orderBy('backup_copies.locked_until')
    .limit(20)
    .execute();
  return rows.flatMap(({ lockedUntil, ...place }) => (lockedUntil === null ? [] : [{ ...place, lockedUntil }]));
}
