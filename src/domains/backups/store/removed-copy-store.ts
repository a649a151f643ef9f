/** Copies that were taken out of their jobs. The row stays for the history that hangs on it. */
import type { Tables } from '#platform/db';

import type { Copy } from '../core/register/protected-job.ts';
import type { BackupsTables } from './backups-tables.ts';

/** Its name and its place can be used again; nothing is claimed of it any more. */
export async function takeOut(
  tables: Tables<BackupsTables>,
  { id, name, vaultId }: Pick<Copy, 'id' | 'name' | 'vaultId'>,
  { at, reason }: { readonly at: string; readonly reason: string },
): Promise<void> {
  await tables
    .updateTable('backup_copies')
    .set({
      name: `${name.slice(0, 36)} removed ${at.slice(0, 10)} ${id.slice(-6)}`,
      // One place of one job is registered once; those that are gone differ by their own id.
      vault_id: `removed ${id} ${vaultId}`,
      enabled: 0,
      removed_at: at,
      removal_reason: reason,
    })
    .where('id', '=', id)
    .execute();
  await tables.deleteFrom('backup_contents').where('copy_id', '=', id).execute();
  await tables.deleteFrom('backup_missed_runs').where('copy_id', '=', id).execute();
  await tables.deleteFrom('backup_coverage').where('copy_id', '=', id).execute();
  await tables.deleteFrom('backup_report_names').where('copy_id', '=', id).execute();
}
