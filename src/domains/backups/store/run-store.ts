/** Runs as rows. */
import type { Selectable } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import { type RunResult, runResults } from '../contract/index.ts';
import type { Run } from '../core/runs/run-record.ts';
import type { BackupsTables } from './backups-tables.ts';
import { unended } from './history-query.ts';
import { reasonColumns, reasonOf } from './reason-columns.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

export interface StartedRun {
  readonly id: string;
  readonly copyId: string;
  /** The program and host that run it; only the same one may tell whether it is still alive. */
  readonly runner: string;
  readonly startedAt: string;
}

export type RunEnd = Pick<Run, 'result' | 'snapshot' | 'files' | 'bytes' | 'newBytes' | 'problems' | 'error'> & {
  readonly endedAt: string;
};

export async function insertRun(tables: Writes, { id, copyId, runner, startedAt }: StartedRun): Promise<void> {
  await tables
    .insertInto('backup_runs')
    .values({
      id,
      copy_id: copyId,
      runner,
      result: 'running',
      started_at: startedAt,
      files: 0,
      bytes: 0,
      new_bytes: 0,
      problems: 0,
    })
    .execute();
}

/** False when somebody else ended it before. */
export async function endRun(tables: Writes, id: string, end: RunEnd): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('backup_runs')
    .set({
      result: end.result,
      ended_at: end.endedAt,
      snapshot: end.snapshot,
      files: end.files,
      bytes: end.bytes,
      new_bytes: end.newBytes,
      problems: end.problems,
      ...reasonColumns(end.error),
    })
    .where('id', '=', id)
    .where('result', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function findRun(reads: Reads, id: string): Promise<Run | undefined> {
  const row = await withCopies(reads).where('history.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : runOf(row);
}

/** Runs that this runner began and that have no end. */
export async function openRuns(reads: Reads, runner: string): Promise<readonly Run[]> {
  return (await unended(withCopies(reads), runner)).map(runOf);
}

/** The newest run of each result of each of the copies, by the time it ended. */
export async function newestRuns(reads: Reads, copyIds: readonly string[]): Promise<readonly Run[]> {
  const found: Run[] = [];
  for (let from = 0; from < copyIds.length; from += copiesPerQuery) {
    found.push(...(await newestOf(reads, copyIds.slice(from, from + copiesPerQuery))));
  }
  return found;
}

/** Their ids go into the query once for each result; databases bound how many there may be. */
const copiesPerQuery = 1000;

/** One step into the index per copy and result: grouping would read the history of years. */
async function newestOf(reads: Reads, copyIds: readonly string[]): Promise<readonly Run[]> {
  const [first, ...others] = runResults.map((result) => newestIds(reads, copyIds, result));
  if (first === undefined) return [];
  const ids = others.reduce((all, one) => all.unionAll(one), first);
  const rows = await reads
    .selectFrom(ids.as('newest'))
    .innerJoin('backup_runs as history', 'history.id', 'newest.id')
    .innerJoin('backup_copies', 'backup_copies.id', 'history.copy_id')
    .selectAll('history')
    .select(['backup_copies.job_key as job', 'backup_copies.name as copy'])
    .execute();
  return rows.map(runOf);
}

function newestIds(reads: Reads, copyIds: readonly string[], result: RunResult) {
  return reads
    .selectFrom('backup_copies as place')
    .where('place.id', 'in', copyIds)
    .select((from) =>
      from
        .selectFrom('backup_runs as run')
        .select('run.id')
        .whereRef('run.copy_id', '=', 'place.id')
        .where('run.result', '=', result)
        .orderBy('run.ended_at', 'desc')
        .orderBy('run.id', 'desc')
        .limit(1)
        .as('id'),
    );
}

export function withCopies(reads: Reads) {
  return reads
    .selectFrom('backup_runs as history')
    .innerJoin('backup_copies', 'backup_copies.id', 'history.copy_id')
    .selectAll('history')
    .select(['backup_copies.job_key as job', 'backup_copies.name as copy']);
}

type Row = Selectable<BackupsTables['backup_runs']> & { readonly job: string; readonly copy: string };

export function runOf(row: Row): Run {
  return {
    position: row.position,
    id: row.id,
    job: row.job,
    copy: row.copy,
    copyId: row.copy_id,
    result: row.result,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    snapshot: row.snapshot,
    files: row.files,
    bytes: row.bytes,
    newBytes: row.new_bytes,
    problems: row.problems,
    reported: row.runner.startsWith('report:'),
    error: reasonOf(row),
  };
}
