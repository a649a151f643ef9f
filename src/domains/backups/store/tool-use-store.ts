import type { ReadTables } from '#platform/db';

import type { BackupsTables } from './backups-tables.ts';

/** Engines of the copies that are written to. */
export async function toolsInUse(reads: ReadTables<BackupsTables>): Promise<ReadonlySet<string>> {
  const rows = await reads.selectFrom('backup_copies').select('engine').distinct().where('enabled', '=', 1).execute();
  return new Set(rows.map(({ engine }) => engine));
}
