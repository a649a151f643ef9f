/** What service levels are counted over. */
import type { ReadTables } from '#platform/db';

import type { BackupsTables } from './backups-tables.ts';

type Reads = ReadTables<BackupsTables>;

/** Ended runs of jobs that are not archived, oldest first. */
export async function endedRuns(reads: Reads, since: string, job?: string) {
  let query = reads
    .selectFrom('backup_runs')
    .innerJoin('backup_copies', 'backup_copies.id', 'backup_runs.copy_id')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_copies.job_key')
    .where('backup_jobs.archived_at', 'is', null)
    .where('backup_runs.started_at', '>=', since)
    .where('backup_runs.result', 'in', ['success', 'partial', 'failed'])
    .select(['backup_copies.job_key', 'backup_runs.result', 'backup_runs.started_at', 'backup_runs.ended_at']);
  if (job !== undefined) query = query.where('backup_copies.job_key', '=', job);
  return query.orderBy('backup_runs.started_at').execute();
}

/** When the newest good run of each of the copies began; copies without any are missing. */
export async function lastGoodStarts(reads: Reads, copyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let from = 0; from < copyIds.length; from += copiesPerQuery) {
    const rows = await reads
      .selectFrom('backup_copies as copy')
      .where('copy.id', 'in', copyIds.slice(from, from + copiesPerQuery))
      .select((copy) => [
        'copy.id',
        copy
          .selectFrom('backup_runs as run')
          .select('run.started_at')
          .whereRef('run.copy_id', '=', 'copy.id')
          .where('run.result', '=', 'success')
          .where('run.ended_at', 'is not', null)
          .orderBy('run.ended_at', 'desc')
          .limit(1)
          .as('started_at'),
      ])
      .execute();
    for (const { id, started_at: at } of rows) if (at !== null) found.set(id, at);
  }
  return found;
}

/** Databases bound how many values a query may have. */
const copiesPerQuery = 1000;

/** Restores of the time: verifications by restoring, and drills that restored. */
export async function endedRestores(reads: Reads, since: string, job?: string) {
  let verifications = reads
    .selectFrom('backup_verifications')
    .innerJoin('backup_copies', 'backup_copies.id', 'backup_verifications.copy_id')
    .where('backup_verifications.kind', '=', 'restore')
    .where('backup_verifications.result', 'in', ['passed', 'failed'])
    .where('backup_verifications.started_at', '>=', since)
    .select(['backup_verifications.result', 'backup_verifications.seconds']);
  let drills = reads
    .selectFrom('backup_drills')
    .where('kind', 'in', ['full', 'partial'])
    // Whole restores by Kura are verifications as well.
    .where((or) => or.or([or('kind', '=', 'partial'), or('mode', '=', 'manual')]))
    .where('result', 'in', ['passed', 'failed'])
    .where('started_at', '>=', since)
    .select(['result', 'started_at', 'ended_at']);
  if (job !== undefined) {
    verifications = verifications.where('backup_copies.job_key', '=', job);
    drills = drills.where('job_key', '=', job);
  }
  const ofDrills = (await drills.execute()).map(({ result, started_at: begun, ended_at: ended }) => ({
    passed: result === 'passed',
    seconds: ended === null ? null : (Date.parse(ended) - Date.parse(begun)) / 1000,
  }));
  const ofVerifications = (await verifications.execute()).map(({ result, seconds }) => ({
    passed: result === 'passed',
    seconds,
  }));
  return [...ofVerifications, ...ofDrills];
}
