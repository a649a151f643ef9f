/** Drills, their signed revisions and their evidence as rows. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import type { DrillKind, DrillResult } from '../contract/index.ts';
import { type Drill, type DrillFacts, drillFactsSchema } from '../core/drills/drill-record.ts';
import type { BackupsTables } from './backups-tables.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

export async function insertDrill(tables: Writes, drill: Omit<Drill, 'position' | 'progress'>): Promise<void> {
  await tables
    .insertInto('backup_drills')
    .values({
      id: drill.id,
      job_key: drill.job,
      copy_id: drill.copyId,
      copy_name: drill.copy,
      plan_id: drill.planId,
      kind: drill.kind,
      mode: drill.mode,
      result: drill.result,
      runner: drill.runner,
      tester: drill.tester,
      started_at: drill.startedAt,
      ended_at: drill.endedAt,
      facts: JSON.stringify(drill.facts),
      progress: null,
    })
    .execute();
}

/** From waiting to working. False when it ended meanwhile. */
export async function beginDrill(
  tables: Writes,
  id: string,
  { runner, startedAt }: { readonly runner: string; readonly startedAt: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('backup_drills')
    .set({ runner, started_at: startedAt })
    .where('id', '=', id)
    .where('result', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function saveProgress(
  tables: Writes,
  id: string,
  progress: NonNullable<Drill['progress']>,
): Promise<void> {
  await tables
    .updateTable('backup_drills')
    .set({ progress: JSON.stringify(progress) })
    .where('id', '=', id)
    .where('result', '=', 'running')
    .execute();
}

export interface DrillEnd {
  readonly result: DrillResult;
  readonly endedAt: string;
  readonly facts: DrillFacts;
}

/** False when somebody else ended it before. */
export async function endDrill(tables: Writes, id: string, { result, endedAt, facts }: DrillEnd): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('backup_drills')
    .set({ result, ended_at: endedAt, facts: JSON.stringify(facts), progress: null })
    .where('id', '=', id)
    .where('result', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What an amendment says; the result and the measurements stay as they were found. */
export async function amendFacts(
  tables: Writes,
  id: string,
  { tester, facts }: { readonly tester: string; readonly facts: DrillFacts },
): Promise<void> {
  await tables
    .updateTable('backup_drills')
    .set({ tester, facts: JSON.stringify(facts) })
    .where('id', '=', id)
    .execute();
}

export async function findDrill(reads: Reads, id: string): Promise<Drill | undefined> {
  const row = await reads.selectFrom('backup_drills').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : drillOf(row);
}

export interface DrillQuery {
  readonly job?: string | undefined;
  readonly kind?: DrillKind | undefined;
  readonly result?: DrillResult | undefined;
  readonly limit: number;
  readonly before?: number | undefined;
}

/** Newest first. */
export async function listDrills(reads: Reads, query: DrillQuery): Promise<readonly Drill[]> {
  let page = reads.selectFrom('backup_drills').selectAll();
  if (query.job !== undefined) page = page.where('job_key', '=', query.job);
  if (query.kind !== undefined) page = page.where('kind', '=', query.kind);
  if (query.result !== undefined) page = page.where('result', '=', query.result);
  if (query.before !== undefined) page = page.where('position', '<', query.before);
  return (await page.orderBy('position', 'desc').limit(query.limit).execute()).map(drillOf);
}

/** How many there are of each result. */
export async function countDrills(
  reads: Reads,
  { job, kind }: Pick<DrillQuery, 'job' | 'kind'>,
): Promise<Readonly<Record<DrillResult, number>>> {
  let query = reads
    .selectFrom('backup_drills')
    .select(({ fn }) => ['result', fn.countAll<number | string>().as('count')]);
  if (job !== undefined) query = query.where('job_key', '=', job);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  const counts = { running: 0, passed: 0, failed: 0, interrupted: 0 };
  for (const { result, count } of await query.groupBy('result').execute()) counts[result] = Number(count);
  return counts;
}

/** Drills that this runner began, or that wait for anybody, and have no end. */
export async function openDrills(reads: Reads, runners: readonly string[]): Promise<readonly Drill[]> {
  const rows = await reads
    .selectFrom('backup_drills')
    .selectAll()
    .where('result', '=', 'running')
    .where('runner', 'in', runners)
    .execute();
  return rows.map(drillOf);
}

/** Ids of the copies (null: of the job as a whole) for which a test of the kind passed since then. */
export async function passedSince(
  reads: Reads,
  { job, kind, since }: { readonly job: string; readonly kind: DrillKind; readonly since: string },
): Promise<ReadonlySet<string | null>> {
  const rows = await reads
    .selectFrom('backup_drills')
    .select('copy_id')
    .where('job_key', '=', job)
    .where('kind', '=', kind)
    .where('result', '=', 'passed')
    .where('started_at', '>=', since)
    .execute();
  return new Set(rows.map(({ copy_id }) => copy_id));
}

export interface Revision {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly note: string | null;
  readonly document: string;
  readonly sha256: string;
  readonly keyId: string;
  /** PEM. */
  readonly publicKey: string;
  readonly signature: string;
}

export async function addRevision(tables: Writes, drillId: string, revision: Revision): Promise<void> {
  const { by, keyId, publicKey, ...columns } = revision;
  await tables
    .insertInto('backup_drill_revisions')
    .values({ drill_id: drillId, by_name: by, key_id: keyId, public_key: publicKey, ...columns })
    .execute();
}

/** Oldest first. */
export async function findRevisions(reads: Reads, drillId: string): Promise<readonly Revision[]> {
  const rows = await reads
    .selectFrom('backup_drill_revisions')
    .selectAll()
    .where('drill_id', '=', drillId)
    .orderBy('revision')
    .execute();
  return rows.map(({ drill_id: _drill, by_name: by, key_id: keyId, public_key: publicKey, ...row }) => ({
    ...row,
    by,
    keyId,
    publicKey,
  }));
}

export interface Evidence {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly addedAt: string;
  readonly addedBy: string;
}

export async function addEvidence(
  tables: Writes,
  drillId: string,
  evidence: Evidence,
  content: Uint8Array,
): Promise<void> {
  await tables
    .insertInto('backup_drill_evidence')
    .values({
      id: evidence.id,
      drill_id: drillId,
      name: evidence.name,
      media_type: evidence.mediaType,
      size: evidence.size,
      sha256: evidence.sha256,
      content,
      added_at: evidence.addedAt,
      added_by: evidence.addedBy,
    })
    .execute();
}

export async function findEvidence(reads: Reads, drillId: string): Promise<readonly Evidence[]> {
  const rows = await reads
    .selectFrom('backup_drill_evidence')
    .select(['id', 'name', 'media_type', 'size', 'sha256', 'added_at', 'added_by'])
    .where('drill_id', '=', drillId)
    .orderBy('id')
    .execute();
  return rows.map(({ media_type: mediaType, added_at: addedAt, added_by: addedBy, ...row }) => ({
    ...row,
    mediaType,
    addedAt,
    addedBy,
  }));
}

export async function readEvidenceContent(
  reads: Reads,
  drillId: string,
  id: string,
): Promise<(Pick<Evidence, 'name' | 'mediaType' | 'sha256'> & { readonly content: Uint8Array }) | undefined> {
  const row = await reads
    .selectFrom('backup_drill_evidence')
    .select(['name', 'media_type', 'sha256', 'content'])
    .where('drill_id', '=', drillId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { name: row.name, mediaType: row.media_type, sha256: row.sha256, content: row.content };
}

const progressSchema = z.object({ files: z.number(), bytes: z.number(), totalBytes: z.number() });

function drillOf(row: Selectable<BackupsTables['backup_drills']>): Drill {
  return {
    position: row.position,
    id: row.id,
    job: row.job_key,
    copy: row.copy_name,
    copyId: row.copy_id,
    planId: row.plan_id,
    kind: row.kind,
    mode: row.mode,
    result: row.result,
    runner: row.runner,
    tester: row.tester,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    facts: drillFactsSchema.parse(JSON.parse(row.facts)),
    progress: row.progress === null ? null : progressSchema.parse(JSON.parse(row.progress)),
  };
}
