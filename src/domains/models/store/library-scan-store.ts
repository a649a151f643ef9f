/** Scans of the library: how far each has come, and what it found. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';

import {
  type ScanChange,
  type ScanCounts,
  type ScanRequest,
  type ScanRunStatus,
  type ScanTrigger,
  scanChangeSchema,
  scanCountsSchema,
  scanOptionsSchema,
} from '../contract/index.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';

export interface LibraryScan {
  readonly id: string;
  readonly status: ScanRunStatus;
  readonly trigger: ScanTrigger;
  readonly actor: string;
  readonly ruleSet: string;
  readonly options: ScanRequest;
  /** Where to go on. */
  readonly cursor: string | undefined;
  readonly counts: ScanCounts;
  readonly changes: readonly ScanChange[];
  /** Null when the command line runs it. */
  readonly jobId: string | null;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly endedAt: string | null;
}

export const openScanStatuses = ['queued', 'running', 'paused'] as const satisfies readonly ScanRunStatus[];

export async function insertLibraryScan(tx: Transaction, scan: LibraryScan): Promise<void> {
  await tx
    .tables<ModelsTables>()
    .insertInto('library_scans')
    .values({
      id: scan.id,
      status: scan.status,
      trigger: scan.trigger,
      actor: scan.actor,
      rule_set: scan.ruleSet,
      options: JSON.stringify(scan.options),
      started_at: scan.startedAt,
      ...progressOf(scan),
    })
    .execute();
}

/** How far it has come; whether it goes on is decided elsewhere. */
export async function saveScanProgress(tx: Transaction, scan: LibraryScan): Promise<void> {
  const { ended_at: _end, job_id: _job, ...progress } = progressOf(scan);
  await update(tx, scan.id).set(progress).execute();
}

export interface ScanStep {
  readonly status: ScanRunStatus;
  readonly at: string;
  readonly jobId?: string | null;
}

/** False when the scan is not, or not any more, in one of the states. */
export async function moveLibraryScan(
  tx: Transaction,
  id: string,
  from: readonly ScanRunStatus[],
  { status, at, jobId }: ScanStep,
): Promise<boolean> {
  const isOver = !openScanStatuses.some((open) => open === status);
  const moved = await update(tx, id)
    .set({ status, updated_at: at, ended_at: isOver ? at : null, ...(jobId === undefined ? {} : { job_id: jobId }) })
    .where('status', 'in', [...from])
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

export async function findLibraryScan(database: Database, id: string): Promise<LibraryScan | undefined> {
  return one(await select(database).where('id', '=', id).execute());
}

export async function findScanOfJob(database: Database, jobId: string): Promise<LibraryScan | undefined> {
  return one(await select(database).where('job_id', '=', jobId).execute());
}

export async function findOpenScan(database: Database): Promise<LibraryScan | undefined> {
  const open = select(database).where('status', 'in', [...openScanStatuses]);
  return one(await open.orderBy('started_at', 'desc').limit(1).execute());
}

/** The last one that has ended. */
export async function findLastScan(database: Database): Promise<LibraryScan | undefined> {
  return one(await select(database).where('ended_at', 'is not', null).orderBy('ended_at', 'desc').limit(1).execute());
}

function select(database: Database) {
  return database.tables<ModelsTables>().selectFrom('library_scans').selectAll();
}

function update(tx: Transaction, id: string) {
  return tx.tables<ModelsTables>().updateTable('library_scans').where('id', '=', id);
}

function progressOf(scan: LibraryScan) {
  return {
    cursor: scan.cursor ?? null,
    counts: JSON.stringify(scan.counts),
    changes: JSON.stringify(scan.changes),
    job_id: scan.jobId,
    updated_at: scan.updatedAt,
    ended_at: scan.endedAt,
  };
}

function one([row]: ReadonlyArray<Selectable<ModelsTables['library_scans']>>): LibraryScan | undefined {
  if (row === undefined) return undefined;
  return {
    id: row.id,
    status: row.status,
    trigger: row.trigger,
    actor: row.actor,
    ruleSet: row.rule_set,
    options: readJson(scanOptionsSchema, row.options),
    cursor: row.cursor ?? undefined,
    counts: readJson(scanCountsSchema, row.counts),
    changes: readJson(z.array(scanChangeSchema), row.changes),
    jobId: row.job_id,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
  };
}
