/** Jobs and copies as rows. */
import type { Selectable } from 'kysely';

import { isUniqueViolation, type ReadTables, type Tables } from '#platform/db';

import type { MediumState } from '../contract/index.ts';
import { type Copy, inOrder, type Job } from '../core/register/protected-job.ts';
import type { BackupsTables } from './backups-tables.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

/** All jobs, or those with the keys, by key. */
export async function findJobs(reads: Reads, keys?: readonly string[]): Promise<readonly Job[]> {
  if (keys?.length === 0) return [];
  let query = reads.selectFrom('backup_jobs').selectAll();
  if (keys !== undefined) query = query.where('key', 'in', keys);
  const jobs = await query.orderBy('key').execute();
  let ofJobs = reads.selectFrom('backup_copies').selectAll();
  if (keys !== undefined) ofJobs = ofJobs.where('job_key', 'in', keys);
  const copies = await ofJobs.execute();
  const byJob = Map.groupBy(copies.map(copyOf), (copy) => copy.job);
  return jobs.map((row) => ({
    key: row.key,
    title: row.title,
    source: row.source,
    site: row.site,
    everyHours: row.every_hours,
    verifyEveryDays: row.verify_every_days,
    active: row.active === 1,
    createdAt: row.created_at,
    copies: [...inOrder(byJob.get(row.key) ?? [])],
  }));
}

export async function insertJob(tables: Writes, job: Omit<Job, 'copies'>): Promise<void> {
  await tables
    .insertInto('backup_jobs')
    .values({
      key: job.key,
      title: job.title,
      source: job.source,
      site: job.site,
      every_hours: job.everyHours,
      verify_every_days: job.verifyEveryDays,
      active: job.active ? 1 : 0,
      created_at: job.createdAt,
    })
    .execute();
}

export interface JobChange {
  readonly active?: boolean;
  readonly source?: string;
}

export async function updateJob(tables: Writes, key: string, { active, source }: JobChange): Promise<void> {
  const columns = {
    ...(active === undefined ? {} : { active: active ? 1 : 0 }),
    ...(source === undefined ? {} : { source }),
  };
  await tables.updateTable('backup_jobs').set(columns).where('key', '=', key).execute();
}

export async function insertCopy(tables: Writes, copy: Copy): Promise<void> {
  await tables
    .insertInto('backup_copies')
    .values({
      id: copy.id,
      job_key: copy.job,
      name: copy.name,
      repository: copy.repository,
      vault_id: copy.vaultId,
      encrypted: copy.encrypted ? 1 : 0,
      role: copy.role,
      site: copy.site,
      media: copy.media,
      rotation_days: copy.rotationDays,
      passphrase_file: copy.passphraseFile,
      medium_state: copy.mediumState,
      medium_state_at: copy.mediumStateAt,
      created_at: copy.createdAt,
    })
    .execute();
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
  };
}
