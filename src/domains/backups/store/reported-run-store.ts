/** Runs that were over before Kura heard of them, and what is compared with the newest. */
import type { Instant } from '#kernel/brands';
import type { ReadTables, Tables } from '#platform/db';

import type { RunResult } from '../contract/index.ts';
import type { Reason } from '../core/runs/run-record.ts';
import type { BackupsTables } from './backups-tables.ts';
import { reasonColumns } from './reason-columns.ts';

type Reads = ReadTables<BackupsTables>;

export interface EndedRun {
  readonly id: string;
  readonly copyId: string;
  readonly runner: string;
  readonly result: RunResult;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly files: number;
  readonly bytes: number;
  readonly newBytes: number;
  readonly problems: number;
  readonly error: Reason | null;
}

export async function insertEndedRuns(tables: Tables<BackupsTables>, runs: readonly EndedRun[]): Promise<void> {
  for (let from = 0; from < runs.length; from += perStatement) {
    const rows = runs.slice(from, from + perStatement).map((run) => ({
      id: run.id,
      copy_id: run.copyId,
      runner: run.runner,
      result: run.result,
      started_at: run.startedAt,
      ended_at: run.endedAt,
      snapshot: null,
      files: run.files,
      bytes: run.bytes,
      new_bytes: run.newBytes,
      problems: run.problems,
      ...reasonColumns(run.error),
    }));
    await tables.insertInto('backup_runs').values(rows).execute();
  }
}

/** End of the newest run of each copy that came to one; interrupted ones told nothing of the copy. */
export async function newestEnds(
  reads: Reads,
  copyIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly id: string; readonly endedAt: Instant }>> {
  const ends = new Map<string, { readonly id: string; readonly endedAt: Instant }>();
  for (let from = 0; from < copyIds.length; from += perStatement) {
    const rows = await newestOf(reads, copyIds.slice(from, from + perStatement));
    // Every ended_at was written from an Instant.
    for (const { copyId, id, endedAt } of rows) ends.set(copyId, { id, endedAt: endedAt as Instant });
  }
  return ends;
}

function newestOf(reads: Reads, copyIds: readonly string[]) {
  return reads
    .selectFrom('backup_copies')
    .innerJoin('backup_runs as newest', (join) =>
      join.on('newest.position', '=', (from) =>
        from
          .selectFrom('backup_runs')
          .select('backup_runs.position')
          .whereRef('backup_runs.copy_id', '=', 'backup_copies.id')
          .where('backup_runs.ended_at', 'is not', null)
          .where('backup_runs.result', '!=', 'interrupted')
          .orderBy('backup_runs.ended_at', 'desc')
          .orderBy('backup_runs.id', 'desc')
          .limit(1),
      ),
    )
    .select(['backup_copies.id as copyId', 'newest.id as id', 'newest.ended_at as endedAt'])
    .where('backup_copies.id', 'in', copyIds)
    .execute();
}

export interface EarlierRun {
  readonly bytes: number;
  readonly startedAt: string;
  readonly endedAt: string;
}

/** The good runs of a copy that ended before, newest first. */
export async function goodRunsBefore(
  reads: Reads,
  copyId: string,
  endedAt: string,
  limit: number,
): Promise<readonly EarlierRun[]> {
  const rows = await reads
    .selectFrom('backup_runs')
    .select(['bytes', 'started_at as startedAt', 'ended_at as endedAt'])
    .where('copy_id', '=', copyId)
    .where('result', 'in', ['success', 'partial'])
    .where('ended_at', '<', endedAt)
    .orderBy('ended_at', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap(({ bytes, startedAt, endedAt: end }) =>
    end === null ? [] : [{ bytes, startedAt, endedAt: end }],
  );
}

/** Both databases take the columns of so many rows as parameters. */
const perStatement = 500;
