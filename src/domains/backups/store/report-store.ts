/** Reports as rows. */
import type { ReadTables, Tables } from '#platform/db';

import type { Claim, ReportedTool, ReportResult } from '../contract/index.ts';
import { type ReportBody, type ReportedPart, readBody } from '../core/reports/report-part.ts';
import type { ReportsTables } from './reports-tables.ts';

type Reads = ReadTables<ReportsTables>;
type Writes = Tables<ReportsTables>;

export interface KeptReport {
  readonly id: string;
  readonly state: 'recorded' | 'unclaimed';
  readonly part: ReportedPart;
  readonly reason: string | null;
  readonly receivedAt: string;
  readonly receivedFrom: string;
}

/** Digests by id, of those that are there. */
export async function findDigests(reads: Reads, ids: readonly string[]): Promise<ReadonlyArray<[string, string]>> {
  const found: [string, string][] = [];
  for (const some of chunks([...new Set(ids)])) {
    const rows = await reads.selectFrom('backup_reports').select(['id', 'digest']).where('id', 'in', some).execute();
    found.push(...rows.map(({ id, digest }): [string, string] => [id, digest]));
  }
  return found;
}

export async function insertReports(tables: Writes, reports: readonly KeptReport[]): Promise<void> {
  for (const some of chunks(reports)) {
    await tables
      .insertInto('backup_reports')
      .values(
        some.map(({ id, state, part, reason, receivedAt, receivedFrom }) => ({
          id,
          state,
          tool: part.tool,
          job_name: part.job,
          copy_name: part.copy,
          run_key: part.run,
          result: part.result,
          host: part.host,
          reason,
          digest: part.digest,
          body: JSON.stringify(part.body),
          ended_at: part.endedAt,
          received_at: receivedAt,
          received_from: receivedFrom,
        })),
      )
      .execute();
  }
}

export async function forgetReports(tables: Writes, ids: readonly string[]): Promise<void> {
  for (const some of chunks(ids)) {
    await tables.deleteFrom('backup_reports').where('id', 'in', some).where('state', '=', 'unclaimed').execute();
  }
}

export interface UnclaimedGroup {
  readonly tool: ReportedTool;
  readonly name: string;
  readonly copy: string;
  readonly hosts: readonly string[];
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly lastResult: ReportResult;
  readonly reason: string;
}

/** Latest heard of first. */
export async function listUnclaimed(reads: Reads, limit: number): Promise<readonly UnclaimedGroup[]> {
  const groups = await reads
    .selectFrom('backup_reports')
    .select(['tool', 'job_name', 'copy_name'])
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.min('received_at').as('first_at'),
      fn.max('received_at').as('last_at'),
      fn.max('position').as('last'),
      fn.min('host').as('one_host'),
      fn.max('host').as('other_host'),
    ])
    .where('state', '=', 'unclaimed')
    .groupBy(['tool', 'job_name', 'copy_name'])
    .orderBy('last', 'desc')
    .limit(limit)
    .execute();
  if (groups.length === 0) return [];
  const last = await reads
    .selectFrom('backup_reports')
    .select(['position', 'result', 'reason'])
    .where(
      'position',
      'in',
      groups.map((group) => group.last),
    )
    .execute();
  const newest = new Map(last.map((row) => [row.position, row]));
  return groups.map((group) => ({
    tool: group.tool,
    name: group.job_name,
    copy: group.copy_name,
    hosts: [...new Set([group.one_host, group.other_host].flatMap((host) => host ?? []))],
    count: group.count,
    firstAt: group.first_at,
    lastAt: group.last_at,
    lastResult: newest.get(group.last)?.result ?? 'success',
    reason: newest.get(group.last)?.reason ?? 'backups.report-job-unknown',
  }));
}

/** What waits under a name, oldest first, as it was reported. */
export async function findUnclaimed(reads: Reads, { tool, name, copy }: Claim): Promise<readonly KeptReport[]> {
  const rows = await reads
    .selectFrom('backup_reports')
    .selectAll()
    .where('state', '=', 'unclaimed')
    .where('tool', '=', tool)
    .where('job_name', '=', name)
    .where('copy_name', '=', copy ?? '')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    state: 'unclaimed',
    part: partOf(row.body, row),
    reason: row.reason,
    receivedAt: row.received_at,
    receivedFrom: row.received_from,
  }));
}

export async function dismissUnclaimed(tables: Writes, { tool, name, copy }: Claim): Promise<number> {
  const { numUpdatedRows } = await tables
    .updateTable('backup_reports')
    .set({ state: 'dismissed' })
    .where('state', '=', 'unclaimed')
    .where('tool', '=', tool)
    .where('job_name', '=', name)
    .where('copy_name', '=', copy ?? '')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export interface FoundReport {
  readonly tool: ReportedTool;
  readonly name: string;
  readonly run: string;
  readonly host: string | null;
  readonly result: ReportResult;
  readonly body: ReportBody;
  readonly receivedAt: string;
  readonly receivedFrom: string;
}

export async function findReport(reads: Reads, id: string): Promise<FoundReport | undefined> {
  const row = await reads.selectFrom('backup_reports').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    tool: row.tool,
    name: row.job_name,
    run: row.run_key,
    host: row.host,
    result: row.result,
    body: readBody(row.body),
    receivedAt: row.received_at,
    receivedFrom: row.received_from,
  };
}

type Names = Pick<
  ReportsTables['backup_reports'],
  'tool' | 'job_name' | 'copy_name' | 'run_key' | 'host' | 'result' | 'digest' | 'ended_at'
>;

function partOf(json: string, row: Names): ReportedPart {
  const body = readBody(json);
  return {
    tool: row.tool,
    job: row.job_name,
    copy: row.copy_name,
    run: row.run_key,
    host: row.host,
    result: row.result,
    startedAt: body.startedAt as ReportedPart['startedAt'],
    endedAt: row.ended_at as ReportedPart['endedAt'],
    digest: row.digest,
    body,
  };
}

/** Both databases take the columns of so many rows as parameters. */
function chunks<One>(all: readonly One[]): readonly One[][] {
  const parts: One[][] = [];
  for (let from = 0; from < all.length; from += 500) parts.push(all.slice(from, from + 500));
  return parts;
}
