/** The present verdict of each job, as last told. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import { digitStateSchema, type RunResult, type VerdictStatusName } from '../contract/index.ts';
import type { BackupsTables } from './backups-tables.ts';

const toldDigitsSchema = z.object({
  copies: digitStateSchema,
  media: digitStateSchema,
  offsite: digitStateSchema,
  offline: digitStateSchema,
  errors: digitStateSchema,
});

export type ToldDigits = z.output<typeof toldDigitsSchema>;

export interface ToldVerdict {
  readonly job: string;
  readonly status: VerdictStatusName;
  readonly digits: ToldDigits;
  readonly since: string;
  readonly validUntil: string | null;
  /** Null until the first evaluation by this version. */
  readonly evaluatedAt: string | null;
  readonly score: number;
  readonly lastRunAt: string | null;
  readonly lastRunResult: RunResult | null;
  readonly lastGoodAt: string | null;
}

/** Of all jobs, or of those with the keys. */
export async function findVerdicts(
  reads: ReadTables<BackupsTables>,
  keys?: readonly string[],
): Promise<readonly ToldVerdict[]> {
  if (keys?.length === 0) return [];
  let query = reads.selectFrom('backup_verdicts').selectAll();
  if (keys !== undefined) query = query.where('job_key', 'in', keys);
  return (await query.execute()).map(toldOf);
}

/** Jobs whose verdict has changed by itself until then, the longest ago first. */
export async function turnedVerdicts(reads: ReadTables<BackupsTables>, now: string): Promise<readonly string[]> {
  const rows = await reads
    .selectFrom('backup_verdicts')
    .select('job_key')
    .where('valid_until', '<=', now)
    .orderBy('valid_until')
    .execute();
  return rows.map((row) => row.job_key);
}

export async function saveVerdict(tables: Tables<BackupsTables>, told: ToldVerdict): Promise<void> {
  const columns = {
    status: told.status,
    digits: JSON.stringify(told.digits),
    since: told.since,
    valid_until: told.validUntil,
    evaluated_at: told.evaluatedAt,
    score: told.score,
    last_run_at: told.lastRunAt,
    last_run_result: told.lastRunResult,
    last_good_at: told.lastGoodAt,
  };
  await tables
    .insertInto('backup_verdicts')
    .values({ job_key: told.job, ...columns })
    .onConflict((conflict) => conflict.column('job_key').doUpdateSet(columns))
    .execute();
}

/** Of a job that is judged no more. */
export async function deleteVerdict(tables: Tables<BackupsTables>, job: string): Promise<void> {
  await tables.deleteFrom('backup_verdicts').where('job_key', '=', job).execute();
}

export function toldOf(row: Selectable<BackupsTables['backup_verdicts']>): ToldVerdict {
  return {
    job: row.job_key,
    status: row.status,
    digits: readDigits(row.digits),
    since: row.since,
    validUntil: row.valid_until,
    evaluatedAt: row.evaluated_at,
    score: row.score,
    lastRunAt: row.last_run_at,
    lastRunResult: row.last_run_result,
    lastGoodAt: row.last_good_at,
  };
}

export function readDigits(json: string): ToldDigits {
  return toldDigitsSchema.parse(JSON.parse(json));
}
