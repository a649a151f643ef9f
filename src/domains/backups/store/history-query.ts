/** What reading runs and verifications has in common: each row belongs to a copy and a runner, and ends once. */
import type { SelectQueryBuilder } from 'kysely';

import type { BackupsTables } from './backups-tables.ts';

export interface HistoryPage {
  readonly job?: string | undefined;
  readonly limit: number;
  readonly before?: number | undefined;
}

interface HistoryTables extends Pick<BackupsTables, 'backup_copies'> {
  readonly history: Pick<BackupsTables['backup_runs' | 'backup_verifications'], 'position' | 'runner' | 'result'>;
}

/** A query on either table under the name `history`, joined with the copies. */
type HistoryQuery<Row> = SelectQueryBuilder<HistoryTables, 'history' | 'backup_copies', Row>;

/** Rows that this runner began and that have no end. */
export function unended<Row>(query: HistoryQuery<Row>, runner: string): Promise<Row[]> {
  return query.where('history.result', '=', 'running').where('history.runner', '=', runner).execute();
}

export function newestFirst<Row>(query: HistoryQuery<Row>, { job, limit, before }: HistoryPage): Promise<Row[]> {
  let page = query;
  if (job !== undefined) page = page.where('backup_copies.job_key', '=', job);
  if (before !== undefined) page = page.where('history.position', '<', before);
  return page.orderBy('history.position', 'desc').limit(limit).execute();
}
