/** Jobs and copies as rows. */
import type { Selectable } from 'kysely';

import { z } from 'zod';

import { isUniqueViolation, type ReadTables, type Tables } from '#platform/db';

import { engineSettingsSchema, type MediumState } from '../contract/index.ts';
import { type Copy, inOrder, type Job } from '../core/register/protected-job.ts';
import type { BackupsTables } from './backups-tables.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

/** All jobs but archived ones, or those with the keys, by key. */
export async function findJobs(reads: Reads, keys?: readonly string[]): Promise<readonly Job[]> {
  if (keys?.length === 0) return [];
  let query = reads.selectFrom('backup_jobs').selectAll();
  query = keys === undefined ? query.where('archived_at', 'is', null) : query.where('key', 'in', keys);
  const jobs = await query.orderBy('key').execute();
  return jobs.length === 0 ? [] : withCopies(reads, jobs, keys);
}

/** The jobs of the rows, in their order; `keys` when they are not all there are. */
export async function withCopies(
  reads: Reads,
  jobs: readonly JobRow[],
  keys?: readonly string[],
): Promise<readonly Job[]> {
  let ofJobs = reads.selectFrom('backup_copies').selectAll().where('removed_at', 'is', null);
  if (keys !== undefined) ofJobs = ofJobs.where('job_key', 'in', keys);
  const copies = await ofJobs.execute();
  const byJob = Map.groupBy(copies.map(copyOf), (copy) => copy.job);
  return jobs.map((row) => ({ ...jobOf(row), copies: [...inOrder(byJob.get(row.key) ?? [])] }));
}

export async function insertJob(tables: Writes, job: Omit<Job, 'copies'>): Promise<void> {
  await tables
    .insertInto('backup_jobs')
    .values({ key: job.key, created_at: job.createdAt, ...jobColumns(job) })
    .execute();
}

/** What differs, but the key and the copies: what somebody else changed since `before` was read stays as they left it. */
export async function updateJob(
  tables: Writes,
  before: Omit<Job, 'copies'>,
  after: Omit<Job, 'copies'>,
): Promise<void> {
  const changed = differing(jobColumns(before), jobColumns(after));
  if (changed === undefined) return;
  await tables.updateTable('backup_jobs').set(changed).where('key', '=', before.key).execute();
}

export async function insertCopy(tables: Writes, copy: Copy): Promise<void> {
  await tables
    .insertInto('backup_copies')
    .values({
      id: copy.id,
      job_key: copy.job,
      created_at: copy.createdAt,
      removed_at: null,
      removal_reason: null,
      ...copyColumns(copy),
    })
    .execute();
}

/** What differs, as for a job: a medium may have moved since `before` was read. */
export async function updateCopy(tables: Writes, before: Copy, after: Copy): Promise<void> {
  const changed = differing(copyColumns(before), copyColumns(after));
  if (changed === undefined) return;
  await tables.updateTable('backup_copies').set(changed).where('id', '=', before.id).execute();
}

/** Undefined when nothing does. */
function differing<Columns extends object>(before: Columns, after: Columns): Partial<Columns> | undefined {
  const changed: Partial<Columns> = {};
  for (const name in after) if (before[name] !== after[name]) changed[name] = after[name];
  return Object.keys(changed).length === 0 ? undefined : changed;
}

export async function updateMedium(tables: Writes, id: string, state: MediumState, at: string): Promise<void> {
  await tables
    .updateTable('backup_copies')
    .set({ medium_state: state, medium_state_at: at })
    .where('id', '=', id)
    .execute();
}

/** Whether an insert failed because the key, the name or the place is in use. */
export function isTaken(error: unknown): boolean {
  return isUniqueViolation(error);
}

export type JobRow = Selectable<BackupsTables['backup_jobs']>;

const tagsSchema = z.array(z.string());

function jobOf(row: JobRow): Omit<Job, 'copies'> {
  return {
    key: row.key,
    title: row.title,
    source: row.source,
    target: row.target,
    site: row.site,
    everyHours: row.every_hours,
    verifyEveryDays: row.verify_every_days,
    active: row.active === 1,
    createdAt: row.created_at,
    kind: row.kind,
    description: row.description,
    owner: row.owner,
    criticality: row.criticality,
    dataClass: row.data_class,
    tags: tagsSchema.parse(JSON.parse(row.tags)),
    rpoMinutes: row.rpo_minutes,
    rtoMinutes: row.rto_minutes,
    retentionDays: row.retention_days,
    policy: row.policy,
    pausedUntil: row.paused_until,
    pauseReason: row.pause_reason,
    archivedAt: row.archived_at,
    archiveReason: row.archive_reason,
    legalHold: row.legal_hold,
    updatedAt: row.updated_at ?? row.created_at,
  };
}

function jobColumns(job: Omit<Job, 'copies'>) {
  return {
    title: job.title,
    source: job.source,
    target: job.target,
    site: job.site,
    every_hours: job.everyHours,
    verify_every_days: job.verifyEveryDays,
    active: Number(job.active),
    kind: job.kind,
    description: job.description,
    owner: job.owner,
    criticality: job.criticality,
    data_class: job.dataClass,
    tags: JSON.stringify(job.tags),
    rpo_minutes: job.rpoMinutes,
    rto_minutes: job.rtoMinutes,
    retention_days: job.retentionDays,
    policy: job.policy,
    paused_until: job.pausedUntil,
    pause_reason: job.pauseReason,
    archived_at: job.archivedAt,
    archive_reason: job.archiveReason,
    legal_hold: job.legalHold,
    updated_at: job.updatedAt,
  };
}

function copyColumns(copy: Copy) {
  return {
    name: copy.name,
    repository: copy.repository,
    vault_id: copy.vaultId,
    encrypted: Number(copy.encrypted),
    role: copy.role,
    site: copy.site,
    media: copy.media,
    rotation_days: copy.rotationDays,
    passphrase_file: copy.passphraseFile,
    medium_state: copy.mediumState,
    medium_state_at: copy.mediumStateAt,
    engine: copy.engine,
    tool: copy.tool,
    engine_settings: JSON.stringify(copy.engineSettings),
    provider: copy.provider,
    enabled: Number(copy.enabled),
    locked_until: copy.lockedUntil,
  };
}

function copyOf(row: Selectable<BackupsTables['backup_copies']>): Copy {
  return {
    id: row.id,
    job: row.job_key,
    name: row.name,
    repository: row.repository,
    vaultId: row.vault_id,
    encrypted: row.encrypted === 1,
    role: row.role,
    site: row.site,
    media: row.media,
    connectivity: row.rotation_days === null ? 'online' : 'offline',
    rotationDays: row.rotation_days,
    passphraseFile: row.passphrase_file,
    mediumState: row.medium_state,
    mediumStateAt: row.medium_state_at,
    createdAt: row.created_at,
    engine: row.engine,
    tool: row.tool,
    engineSettings: engineSettingsSchema.parse(JSON.parse(row.engine_settings)),
    provider: row.provider,
    enabled: row.enabled === 1,
    lockedUntil: row.locked_until,
  };
}
