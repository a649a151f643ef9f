/** Which copies lie on which media, and what was written there. */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { MediumState } from '../../contract/index.ts';
import type { MediaTables } from './media-tables.ts';

type Reads = ReadTables<MediaTables>;
type Writes = Tables<MediaTables>;

export interface BoundCopy {
  readonly copyId: string;
  readonly job: string;
  readonly copy: string;
  readonly vaultId: string;
  readonly repository: string;
  /** Where the original lives. */
  readonly jobSite: string;
  readonly mediumId: string | null;
  readonly setKey: string | null;
}

export interface BindingFilter {
  readonly mediumIds?: readonly string[];
  readonly setKeys?: readonly string[];
  readonly copyIds?: readonly string[];
}

/** Copies that lie on any of the media or sets, or the bindings of the copies. */
export async function findBindings(reads: Reads, filter: BindingFilter): Promise<readonly BoundCopy[]> {
  const { mediumIds = [], setKeys = [], copyIds = [] } = filter;
  if (mediumIds.length + setKeys.length + copyIds.length === 0) return [];
  const rows = await reads
    .selectFrom('backup_media_copies as bound')
    .innerJoin('backup_copies', 'backup_copies.id', 'bound.copy_id')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_copies.job_key')
    .select(['bound.copy_id', 'bound.medium_id', 'bound.set_key', 'backup_copies.job_key', 'backup_copies.name'])
    .select(['backup_copies.vault_id', 'backup_copies.repository', 'backup_jobs.site'])
    .where((eb) =>
      eb.or([
        ...(mediumIds.length > 0 ? [eb('bound.medium_id', 'in', mediumIds)] : []),
        ...(setKeys.length > 0 ? [eb('bound.set_key', 'in', setKeys)] : []),
        ...(copyIds.length > 0 ? [eb('bound.copy_id', 'in', copyIds)] : []),
      ]),
    )
    .orderBy('backup_copies.job_key')
    .orderBy('backup_copies.name')
    .execute();
  return rows.map((row) => ({
    copyId: row.copy_id,
    job: row.job_key,
    copy: row.name,
    vaultId: row.vault_id,
    repository: row.repository,
    jobSite: row.site,
    mediumId: row.medium_id,
    setKey: row.set_key,
  }));
}

export async function saveBinding(
  tables: Writes,
  copyId: string,
  on: { readonly mediumId: string | null; readonly setKey: string | null },
): Promise<void> {
  const columns = { medium_id: on.mediumId, set_key: on.setKey };
  await tables
    .insertInto('backup_media_copies')
    .values({ copy_id: copyId, ...columns })
    .onConflict((conflict) => conflict.column('copy_id').doUpdateSet(columns))
    .execute();
}

export async function removeBinding(tables: Writes, copyId: string): Promise<void> {
  await tables.deleteFrom('backup_media_copies').where('copy_id', '=', copyId).execute();
}

/** What the register says of a copy follows its medium. */
export async function projectCopy(
  tables: Writes,
  copyId: string,
  { state, at, site }: { readonly state: MediumState; readonly at: string; readonly site: string | undefined },
): Promise<void> {
  await tables
    .updateTable('backup_copies')
    .set({ medium_state: state, medium_state_at: at, ...(site === undefined ? {} : { site }) })
    .where('id', '=', copyId)
    .execute();
}

export interface CopyUse {
  readonly copyId: string;
  readonly writes: number;
  readonly writtenAt: string | null;
  readonly verifiedAt: string | null;
}

/** Good runs and passed verifications of copies that lie on one medium. */
export async function usesOf(reads: Reads, copyIds: readonly string[]): Promise<ReadonlyMap<string, CopyUse>> {
  if (copyIds.length === 0) return new Map();
  const written = await reads
    .selectFrom('backup_runs')
    .select(({ fn }) => ['copy_id', fn.countAll<number | string>().as('writes'), fn.max('ended_at').as('at')])
    .where('copy_id', 'in', copyIds)
    .where('result', 'in', ['success', 'partial'])
    .groupBy('copy_id')
    .execute();
  const read = await reads
    .selectFrom('backup_verifications')
    .select(({ fn }) => ['copy_id', fn.max('ended_at').as('at')])
    .where('copy_id', 'in', copyIds)
    .where('result', '=', 'passed')
    .where('kind', 'in', ['data', 'restore'])
    .groupBy('copy_id')
    .execute();
  const writesOf = new Map(written.map((row) => [row.copy_id, row]));
  const readOf = new Map(read.map((row) => [row.copy_id, row.at]));
  return new Map(
    copyIds.map((copyId) => [
      copyId,
      {
        copyId,
        writes: Number(writesOf.get(copyId)?.writes ?? 0),
        writtenAt: writesOf.get(copyId)?.at ?? null,
        verifiedAt: readOf.get(copyId) ?? null,
      },
    ]),
  );
}

export interface MediumWrite {
  readonly copyId: string;
  readonly mediumId: string;
  /** The newest good run that lies there. */
  readonly runId: string;
  readonly writtenAt: string;
  /** Times it was in the drive and the copy was written. */
  readonly writes: number;
}

/**
 * The newest good run of each copy of a set on each medium: a run lies on the medium that was in the drive when it began,
 * also when it was reported late. One step into the index of runs per time in the drive: comparing all times with all runs
 * of years took seconds.
 */
export async function writesOnSets(reads: Reads, copyIds: readonly string[]): Promise<readonly MediumWrite[]> {
  if (copyIds.length === 0) return [];
  const rows = await reads
    .selectFrom((from) =>
      from
        .selectFrom(lastRunOfEachLoad(reads, copyIds).as('written'))
        .innerJoin('backup_runs as run', 'run.id', 'written.run_id')
        .select(({ fn }) => [
          'written.copy_id',
          'written.medium_id',
          'run.id as run_id',
          'run.ended_at',
          fn
            .agg<number | string>('row_number')
            .over((over) =>
              over
                .partitionBy(['written.copy_id', 'written.medium_id'])
                .orderBy('run.ended_at', 'desc')
                .orderBy('run.id', 'desc'),
            )
            .as('age'),
          fn
            .countAll<number | string>()
            .over((over) => over.partitionBy(['written.copy_id', 'written.medium_id']))
            .as('writes'),
        ])
        .as('newest'),
    )
    .selectAll()
    .where('age', '=', 1)
    .execute();
  return rows.map((row) => ({
    copyId: row.copy_id,
    mediumId: row.medium_id,
    runId: row.run_id,
    writtenAt: row.ended_at ?? '',
    writes: Number(row.writes),
  }));
}

/** After every instant that is written like one. */
const endOfTime = '9999-12-31T23:59:59.999Z';

function lastRunOfEachLoad(reads: Reads, copyIds: readonly string[]) {
  return reads
    .selectFrom('backup_media_copies as bound')
    .innerJoin('backup_medium_loads as load', 'load.set_key', 'bound.set_key')
    .where('bound.copy_id', 'in', copyIds)
    .select((from) => [
      'bound.copy_id',
      'load.medium_id',
      from
        .selectFrom('backup_runs as run')
        .select('run.id')
        .whereRef('run.copy_id', '=', 'bound.copy_id')
        .whereRef('run.started_at', '>=', 'load.loaded_at')
        .where('run.started_at', '<', sql<string>`coalesce(load.unloaded_at, ${endOfTime})`)
        // Said so that no planner takes the index by result instead, and sorts years of runs for each time.
        .where(sql<boolean>`case run.result when 'success' then 1 when 'partial' then 1 else 0 end = 1`)
        .orderBy('run.started_at', 'desc')
        .limit(1)
        .as('run_id'),
    ]);
}

/** Labels of the media on which a vault lies. */
export async function findVaultLabels(reads: Reads, vaultId: string): Promise<readonly string[]> {
  const rows = await reads
    .selectFrom('backup_copies')
    .innerJoin('backup_media_copies', 'backup_media_copies.copy_id', 'backup_copies.id')
    .innerJoin('backup_media', 'backup_media.id', 'backup_media_copies.medium_id')
    .select('backup_media.label')
    .where('backup_copies.vault_id', '=', vaultId)
    .execute();
  return rows.map(({ label }) => label);
}
