/** What was last told about each job. */
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import { digitStateSchema, type VerdictStatusName } from '../contract/index.ts';
import type { BackupsTables } from './backups-tables.ts';

const toldDigitsSchema = z.object({
  copies: digitStateSchema,
  media: digitStateSchema,
  offsite: digitStateSchema,
  offline: digitStateSchema,
  errors: digitStateSchema,
});

export interface ToldVerdict {
  readonly job: string;
  readonly status: VerdictStatusName;
  readonly digits: z.output<typeof toldDigitsSchema>;
  readonly since: string;
}

export async function findVerdicts(reads: ReadTables<BackupsTables>): Promise<readonly ToldVerdict[]> {
  const rows = await reads.selectFrom('backup_verdicts').selectAll().execute();
  return rows.map((row) => ({
    job: row.job_key,
    status: row.status,
    digits: toldDigitsSchema.parse(JSON.parse(row.digits)),
    since: row.since,
  }));
}

export async function saveVerdict(tables: Tables<BackupsTables>, told: ToldVerdict): Promise<void> {
  const columns = { status: told.status, digits: JSON.stringify(told.digits), since: told.since };
  await tables
    .insertInto('backup_verdicts')
    .values({ job_key: told.job, ...columns })
    .onConflict((conflict) => conflict.column('job_key').doUpdateSet(columns))
    .execute();
}
