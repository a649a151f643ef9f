/** Verifications as rows. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import type { VerificationKind } from '../contract/index.ts';
import type { Verification } from '../core/verification/verification-record.ts';
import type { BackupsTables } from './backups-tables.ts';
import { type HistoryPage, newestFirst, unended } from './history-query.ts';
import { reasonColumns, reasonOf } from './reason-columns.ts';
import type { StartedRun } from './run-store.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

export interface StartedVerification extends StartedRun {
  readonly kind: VerificationKind;
}

export type VerificationEnd = Pick<
  Verification,
  'result' | 'seconds' | 'snapshot' | 'objects' | 'bytes' | 'errors' | 'findings' | 'error'
> & { readonly endedAt: string };

export async function insertVerification(tables: Writes, started: StartedVerification): Promise<void> {
  await tables
    .insertInto('backup_verifications')
    .values({
      id: started.id,
      copy_id: started.copyId,
      runner: started.runner,
      kind: started.kind,
      result: 'running',
      started_at: started.startedAt,
      objects: 0,
      bytes: 0,
      errors: 0,
      findings: '[]',
    })
    .execute();
}

/** False when somebody else ended it before. */
export async function endVerification(tables: Writes, id: string, end: VerificationEnd): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('backup_verifications')
    .set({
      result: end.result,
      ended_at: end.endedAt,
      seconds: end.seconds,
      snapshot: end.snapshot,
      objects: end.objects,
      bytes: end.bytes,
      errors: end.errors,
      findings: JSON.stringify(end.findings),
      ...reasonColumns(end.error),
    })
    .where('id', '=', id)
    .where('result', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function findVerification(reads: Reads, id: string): Promise<Verification | undefined> {
  const row = await withCopies(reads).where('history.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : verificationOf(row);
}

/** Verifications that this runner began and that have no end. */
export async function openVerifications(reads: Reads, runner: string): Promise<readonly Verification[]> {
  return (await unended(withCopies(reads), runner)).map(verificationOf);
}

/** The newest verification of each kind and result of each of the copies. */
export async function newestVerifications(reads: Reads, copyIds: readonly string[]): Promise<readonly Verification[]> {
  const found: Verification[] = [];
  for (let from = 0; from < copyIds.length; from += copiesPerQuery) {
    const some = copyIds.slice(from, from + copiesPerQuery);
    const rows = await withCopies(reads)
      .where('history.position', 'in', (newest) =>
        newest
          .selectFrom('backup_verifications as newest')
          .select(({ fn }) => fn.max('newest.position').as('position'))
          .where('newest.copy_id', 'in', some)
          .groupBy(['newest.copy_id', 'newest.kind', 'newest.result']),
      )
      .execute();
    found.push(...rows.map(verificationOf));
  }
  return found;
}

/** Verifications of a copy that read its data and found nothing wrong. */
export async function countPassedReads(reads: Reads, copyId: string): Promise<number> {
  const { passed } = await reads
    .selectFrom('backup_verifications')
    .select(({ fn }) => fn.countAll<number | string>().as('passed'))
    .where('copy_id', '=', copyId)
    .where('kind', '=', 'data')
    .where('result', '=', 'passed')
    .executeTakeFirstOrThrow();
  return Number(passed);
}

/** Databases bound how many values a query may have. */
const copiesPerQuery = 10_000;

/** Newest first. */
export async function listVerifications(reads: Reads, page: HistoryPage): Promise<readonly Verification[]> {
  return (await newestFirst(withCopies(reads), page)).map(verificationOf);
}

function withCopies(reads: Reads) {
  return reads
    .selectFrom('backup_verifications as history')
    .innerJoin('backup_copies', 'backup_copies.id', 'history.copy_id')
    .selectAll('history')
    .select(['backup_copies.job_key as job', 'backup_copies.name as copy']);
}

type Row = Selectable<BackupsTables['backup_verifications']> & { readonly job: string; readonly copy: string };

function verificationOf(row: Row): Verification {
  return {
    position: row.position,
    id: row.id,
    job: row.job,
    copy: row.copy,
    copyId: row.copy_id,
    kind: row.kind,
    result: row.result,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    seconds: row.seconds,
    snapshot: row.snapshot,
    objects: row.objects,
    bytes: row.bytes,
    errors: row.errors,
    findings: z.array(z.string()).parse(JSON.parse(row.findings)),
    error: reasonOf(row),
  };
}
