/** Canary files as rows. */
import type { Selectable } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { Canary } from '../core/canaries/canary.ts';
import type { BackupsTables } from './backups-tables.ts';

export async function insertCanary(tables: Tables<BackupsTables>, canary: Canary): Promise<void> {
  await tables
    .insertInto('backup_canaries')
    .values({
      id: canary.id,
      job_key: canary.job,
      path: canary.path,
      size: canary.size,
      sha256: canary.sha256,
      state: canary.state,
      planted_at: canary.plantedAt,
      checked_at: canary.checkedAt,
      changed_at: canary.changedAt,
    })
    .execute();
}

export async function updateCanary(
  tables: Tables<BackupsTables>,
  { id, state, checkedAt, changedAt }: Pick<Canary, 'id' | 'state' | 'checkedAt' | 'changedAt'>,
): Promise<void> {
  await tables
    .updateTable('backup_canaries')
    .set({ state, checked_at: checkedAt, changed_at: changedAt })
    .where('id', '=', id)
    .execute();
}

export async function deleteCanary(tables: Tables<BackupsTables>, id: string): Promise<void> {
  await tables.deleteFrom('backup_canaries').where('id', '=', id).execute();
}

export async function listCanaries(reads: ReadTables<BackupsTables>): Promise<readonly Canary[]> {
  const rows = await reads.selectFrom('backup_canaries').selectAll().orderBy('job_key').orderBy('path').execute();
  return rows.map(canaryOf);
}

function canaryOf(row: Selectable<BackupsTables['backup_canaries']>): Canary {
  return {
    id: row.id,
    job: row.job_key,
    path: row.path,
    size: row.size,
    sha256: row.sha256,
    state: row.state,
    plantedAt: row.planted_at,
    checkedAt: row.checked_at,
    changedAt: row.changed_at,
  };
}
