/** What somebody said reports of a name mean. */
import type { ReadTables, Tables } from '#platform/db';

import type { ReportedTool } from '../contract/index.ts';
import type { BackupsTables } from './backups-tables.ts';
import type { ReportsTables } from './reports-tables.ts';

export interface NamedCopy {
  readonly tool: ReportedTool;
  readonly job: string;
  /** Empty when reports name none. */
  readonly copy: string;
  /** Null: they are of no interest. */
  readonly copyId: string | null;
}

export interface Meant extends NamedCopy {
  /** Key of the job of that copy. */
  readonly jobKey: string | null;
}

export async function findNames(
  reads: ReadTables<ReportsTables & Pick<BackupsTables, 'backup_copies'>>,
  jobNames: readonly string[],
): Promise<readonly Meant[]> {
  if (jobNames.length === 0) return [];
  return await reads
    .selectFrom('backup_report_names')
    .leftJoin('backup_copies', 'backup_copies.id', 'backup_report_names.copy_id')
    .select([
      'backup_report_names.tool as tool',
      'backup_report_names.job_name as job',
      'backup_report_names.copy_name as copy',
      'backup_report_names.copy_id as copyId',
      'backup_copies.job_key as jobKey',
    ])
    .where('backup_report_names.job_name', 'in', jobNames)
    .execute();
}

export interface KnownName {
  readonly tool: ReportedTool;
  readonly name: string;
  readonly copy: string;
  /** Null: reports of it are of no interest. */
  readonly place: { readonly job: string; readonly copy: string } | null;
  readonly since: string;
}

/** By name. A copy that was taken out of its job is told by its last name. */
export async function listNames(
  reads: ReadTables<ReportsTables & Pick<BackupsTables, 'backup_copies'>>,
  limit: number,
): Promise<readonly KnownName[]> {
  const rows = await reads
    .selectFrom('backup_report_names')
    .leftJoin('backup_copies', 'backup_copies.id', 'backup_report_names.copy_id')
    .select([
      'backup_report_names.tool as tool',
      'backup_report_names.job_name as name',
      'backup_report_names.copy_name as copy',
      'backup_report_names.created_at as since',
      'backup_copies.job_key as placeJob',
      'backup_copies.name as placeCopy',
    ])
    .orderBy('backup_report_names.job_name')
    .orderBy('backup_report_names.tool')
    .orderBy('backup_report_names.copy_name')
    .limit(limit)
    .execute();
  return rows.map(({ placeJob, placeCopy, ...row }) => ({
    ...row,
    place: placeJob === null || placeCopy === null ? null : { job: placeJob, copy: placeCopy },
  }));
}

/** Returns whether it meant anything. */
export async function deleteName(
  tables: Tables<ReportsTables>,
  { tool, job, copy }: Omit<NamedCopy, 'copyId'>,
): Promise<boolean> {
  const { numDeletedRows } = await tables
    .deleteFrom('backup_report_names')
    .where('tool', '=', tool)
    .where('job_name', '=', job)
    .where('copy_name', '=', copy)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function saveName(tables: Tables<ReportsTables>, name: NamedCopy, at: string): Promise<void> {
  await tables
    .insertInto('backup_report_names')
    .values({ tool: name.tool, job_name: name.job, copy_name: name.copy, copy_id: name.copyId, created_at: at })
    .onConflict((conflict) =>
      conflict.columns(['job_name', 'tool', 'copy_name']).doUpdateSet({ copy_id: name.copyId, created_at: at }),
    )
    .execute();
}
