/** When jobs were paused: what was due then was not expected. */
import type { ReadTables, Tables } from '#platform/db';

import type { BackupsTables } from './backups-tables.ts';

export interface Pause {
  readonly job: string;
  readonly from: string;
  /** Null: until somebody ends it. */
  readonly until: string | null;
}

/** Those that last, or ended after the instant, of the job or of all. */
export async function pausesSince(
  reads: ReadTables<BackupsTables>,
  since: string,
  job?: string,
): Promise<readonly Pause[]> {
  let query = reads
    .selectFrom('backup_pauses')
    .select(['job_key as job', 'from_at as from', 'until_at as until'])
    .where((or) => or.or([or('until_at', 'is', null), or('until_at', '>', since)]));
  if (job !== undefined) query = query.where('job_key', '=', job);
  return await query.execute();
}

export async function beginPause(tables: Tables<BackupsTables>, { job, from, until }: Pause): Promise<void> {
  await tables.insertInto('backup_pauses').values({ job_key: job, from_at: from, until_at: until }).execute();
}

/** The pause that lasts at `now` ends at `until`; without one nothing happens. */
export async function moveEnd(
  tables: Tables<BackupsTables>,
  { job, now, until }: { readonly job: string; readonly now: string; readonly until: string | null },
): Promise<void> {
  await tables
    .updateTable('backup_pauses')
    .set({ until_at: until })
    .where('job_key', '=', job)
    .where((or) => or.or([or('until_at', 'is', null), or('until_at', '>', now)]))
    .execute();
}
