/** The history of runs, by their own times: a report may come late. */
import type { ReadTables } from '#platform/db';

import type { RunResult } from '../contract/index.ts';
import type { Run } from '../core/runs/run-record.ts';
import type { BackupsTables } from './backups-tables.ts';
import { runOf, withCopies } from './run-store.ts';

export interface RunPage {
  readonly job?: string | undefined;
  readonly copy?: string | undefined;
  readonly result?: RunResult | undefined;
  /** Of the beginning; instants. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly limit: number;
  readonly before?: { readonly startedAt: string; readonly id: string } | undefined;
}

/** Newest first. */
export async function listRuns(reads: ReadTables<BackupsTables>, page: RunPage): Promise<readonly Run[]> {
  const { job, copy, result, since, until, before, limit } = page;
  let query = withCopies(reads);
  if (job !== undefined) query = query.where('backup_copies.job_key', '=', job);
  if (copy !== undefined) query = query.where('backup_copies.name', '=', copy);
  if (result !== undefined) query = query.where('history.result', '=', result);
  if (since !== undefined) query = query.where('history.started_at', '>=', since);
  if (until !== undefined) query = query.where('history.started_at', '<', until);
  if (before !== undefined) {
    query = query.where((where) =>
      where.or([
        where('history.started_at', '<', before.startedAt),
        where.and([where('history.started_at', '=', before.startedAt), where('history.id', '<', before.id)]),
      ]),
    );
  }
  const rows = await query.orderBy('history.started_at', 'desc').orderBy('history.id', 'desc').limit(limit).execute();
  return rows.map(runOf);
}
