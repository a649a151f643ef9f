/** Auditors' marks on controls, and ISO 19650 metadata of jobs, as rows. */
import type { ReadTables, Tables } from '#platform/db';

import { type ContainerBody, type ContainerView, type ControlMark, containerBodySchema } from '../../contract/index.ts';
import type { DocumentTables } from './document-tables.ts';

type Reads = ReadTables<DocumentTables>;
type Writes = Tables<DocumentTables>;

export async function insertMark(tables: Writes, { by, ...mark }: ControlMark): Promise<void> {
  await tables
    .insertInto('backup_control_marks')
    .values({ ...mark, by_name: by })
    .execute();
}

/** Oldest first. */
export async function findMarks(reads: Reads): Promise<readonly ControlMark[]> {
  const rows = await reads.selectFrom('backup_control_marks').selectAll().orderBy('position').execute();
  return rows.map(({ control, mark, note, by_name: by, at }) => ({ control, mark, note, by, at }));
}

export interface NewContainer {
  readonly job: string;
  readonly code: string;
  readonly body: ContainerBody;
  readonly at: string;
}

export async function saveContainer(tables: Writes, { job, code, body, at }: NewContainer): Promise<void> {
  const columns = { code, metadata: JSON.stringify(body), updated_at: at };
  await tables
    .insertInto('backup_containers')
    .values({ job_key: job, ...columns })
    .onConflict((conflict) => conflict.column('job_key').doUpdateSet(columns))
    .execute();
}

export async function deleteContainer(tables: Writes, job: string): Promise<boolean> {
  const { numDeletedRows } = await tables.deleteFrom('backup_containers').where('job_key', '=', job).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** By code. */
export async function findContainers(reads: Reads): Promise<readonly ContainerView[]> {
  const rows = await reads.selectFrom('backup_containers').selectAll().orderBy('code').execute();
  return rows.map(({ job_key: job, code, metadata, updated_at: updatedAt }) => ({
    ...containerBodySchema.parse(JSON.parse(metadata)),
    job,
    code,
    updatedAt,
  }));
}
