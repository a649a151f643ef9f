/** Policies as rows. */
import type { ReadTables, Tables } from '#platform/db';

import { type PolicyView, policyRulesSchema } from '../contract/index.ts';
import type { BackupsTables } from './backups-tables.ts';

export async function findPolicies(reads: ReadTables<BackupsTables>): Promise<readonly PolicyView[]> {
  const rows = await reads.selectFrom('backup_policies').selectAll().orderBy('key').execute();
  return rows.map((row) => ({
    key: row.key,
    title: row.title,
    dataClass: row.data_class,
    rules: policyRulesSchema.parse(JSON.parse(row.rules)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

export async function savePolicy(tables: Tables<BackupsTables>, policy: PolicyView): Promise<void> {
  const columns = {
    title: policy.title,
    data_class: policy.dataClass,
    rules: JSON.stringify(policy.rules),
    updated_at: policy.updatedAt,
  };
  await tables
    .insertInto('backup_policies')
    .values({ key: policy.key, created_at: policy.createdAt, ...columns })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(columns))
    .execute();
}

export async function deletePolicy(tables: Tables<BackupsTables>, key: string): Promise<void> {
  await tables.deleteFrom('backup_policies').where('key', '=', key).execute();
}

/** Keys of jobs that name the policy. */
export async function jobsNaming(reads: ReadTables<BackupsTables>, policy: string): Promise<readonly string[]> {
  const rows = await reads.selectFrom('backup_jobs').select('key').where('policy', '=', policy).execute();
  return rows.map(({ key }) => key);
}
