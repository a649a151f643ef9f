/** What the vault's ledger last said about how much of a copy was read, and when. */
import type { ReadTables, Tables } from '#platform/db';

import type { BackupsTables } from './backups-tables.ts';

export interface RecordedCoverage {
  readonly copyId: string;
  readonly at: string;
  readonly items: number;
  readonly bytes: number;
  readonly neverRead: { readonly items: number; readonly bytes: number };
  readonly oldestReadAt: string | null;
}

export async function saveCoverage(tables: Tables<BackupsTables>, coverage: RecordedCoverage): Promise<void> {
  const columns = {
    at: coverage.at,
    items: coverage.items,
    bytes: coverage.bytes,
    never_items: coverage.neverRead.items,
    never_bytes: coverage.neverRead.bytes,
    oldest_read_at: coverage.oldestReadAt,
  };
  await tables
    .insertInto('backup_coverage')
    .values({ copy_id: coverage.copyId, ...columns })
    .onConflict((conflict) => conflict.column('copy_id').doUpdateSet(columns))
    .execute();
}

export interface CoverageRow extends RecordedCoverage {
  readonly job: string;
  readonly copy: string;
  readonly withinDays: number;
}

export async function listCoverage(reads: ReadTables<BackupsTables>): Promise<readonly CoverageRow[]> {
  const rows = await reads
    .selectFrom('backup_coverage')
    .innerJoin('backup_copies', 'backup_copies.id', 'backup_coverage.copy_id')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_copies.job_key')
    .selectAll('backup_coverage')
    .select(['backup_jobs.key as job', 'backup_copies.name as copy', 'backup_jobs.verify_every_days as withinDays'])
    .orderBy('backup_jobs.key')
    .orderBy('backup_copies.name')
    .execute();
  return rows.map((row) => ({
    copyId: row.copy_id,
    job: row.job,
    copy: row.copy,
    withinDays: row.withinDays,
    at: row.at,
    items: row.items,
    bytes: row.bytes,
    neverRead: { items: row.never_items, bytes: row.never_bytes },
    oldestReadAt: row.oldest_read_at,
  }));
}
