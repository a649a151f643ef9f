/** The library: every file that was placed, and in which state it was found last. */
import { type Selectable, type SqlBool, sql } from 'kysely';
import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';

import {
  admissionSchema,
  type LibraryFileView,
  type LibraryState,
  type PublishedHashes,
  publishedHashesSchema,
  type ScanVerdict,
} from '../contract/index.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';
import { cutPage, readPositionCursor } from './position-cursor.ts';

export interface LibraryFile extends LibraryFileView {
  readonly hashes: PublishedHashes;
  readonly trainedWords: readonly string[];
  /** Absolute paths. */
  readonly sidecars: readonly string[];
}

const words = z.array(z.string());

/** Writes the row of this path; an older one keeps its id. */
export async function saveLibraryFile(tx: Transaction, file: LibraryFile): Promise<void> {
  const { id, path, ...changes } = rowOf(file);
  await tx
    .tables<ModelsTables>()
    .insertInto('library_files')
    .values({ id, path, ...changes })
    .onConflict((conflict) => conflict.column('path').doUpdateSet(changes))
    .execute();
}

export interface LibraryFinding {
  readonly id: string;
  readonly state: LibraryState;
  readonly verifiedAt: string | null;
}

/** Records how a file was found. */
export async function markLibraryFile(tx: Transaction, { id, state, verifiedAt }: LibraryFinding): Promise<void> {
  await tx
    .tables<ModelsTables>()
    .updateTable('library_files')
    .set({ state, ...(verifiedAt === null ? {} : { verified_at: verifiedAt }) })
    .where('id', '=', id)
    .execute();
}

/** Another scan came to another verdict. */
export async function markVerdict(tx: Transaction, id: string, verdict: ScanVerdict): Promise<void> {
  await tx.tables<ModelsTables>().updateTable('library_files').set({ verdict }).where('id', '=', id).execute();
}

/** The file has left the library. */
export async function removeLibraryFile(tx: Transaction, id: string): Promise<void> {
  await tx.tables<ModelsTables>().deleteFrom('library_files').where('id', '=', id).execute();
}

export async function findLibraryFile(database: Database, id: string): Promise<LibraryFile | undefined> {
  return one(await select(database).where('id', '=', id).execute());
}

export async function findLibraryFileAt(database: Database, path: string): Promise<LibraryFile | undefined> {
  return one(await select(database).where('path', '=', path).execute());
}

export async function findLibraryFileOf(
  database: Database,
  versionId: number,
  fileId: number,
): Promise<LibraryFile | undefined> {
  const query = select(database).where('version_id', '=', versionId).where('file_id', '=', fileId);
  return one(await query.orderBy('position', 'desc').limit(1).execute());
}

/** Files of one version, for a configuration that must stand beside its checkpoint. */
export async function libraryFilesOfVersion(database: Database, versionId: number): Promise<readonly LibraryFile[]> {
  return (await select(database).where('version_id', '=', versionId).orderBy('position').execute()).map(fileOf);
}

/** Files of several versions; what a model page marks as installed. */
export async function libraryFilesOfModel(database: Database, modelId: number): Promise<readonly LibraryFile[]> {
  return (await select(database).where('model_id', '=', modelId).orderBy('position').execute()).map(fileOf);
}

/** Ids of the models the library has files of, in order. */
export async function libraryModelIds(
  database: Database,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly number[]> {
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('library_files')
    .select('model_id')
    .distinct()
    .where('model_id', '>', after)
    .orderBy('model_id')
    .limit(limit)
    .execute();
  return rows.flatMap(({ model_id: id }) => id ?? []);
}

export async function libraryFilesOfModels(
  database: Database,
  modelIds: readonly number[],
): Promise<readonly LibraryFile[]> {
  if (modelIds.length === 0) return [];
  return (await select(database).where('model_id', 'in', modelIds).orderBy('position').execute()).map(fileOf);
}

export interface LibraryFilter {
  /** Part of file or model name, whatever its case. */
  readonly query?: string | undefined;
  readonly type?: readonly string[] | undefined;
  readonly base?: readonly string[] | undefined;
  readonly state?: readonly LibraryState[] | undefined;
  /** By content. */
  readonly kind?: readonly string[] | undefined;
  readonly contentBase?: readonly string[] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export async function listLibraryFiles(
  database: Database,
  filter: LibraryFilter,
): Promise<{ readonly items: readonly LibraryFile[]; readonly nextCursor: string | undefined }> {
  const { query = '', type = [], base = [], state = [], kind = [], contentBase = [], limit, cursor } = filter;
  const pattern = `%${query
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
  const rows = await select(database)
    .where('position', '<', readPositionCursor(cursor))
    .$if(query.trim() !== '', (rows) =>
      rows.where(
        sql<SqlBool>`(lower(name) like ${pattern} escape '\\' or lower(model_name) like ${pattern} escape '\\')`,
      ),
    )
    .$if(type.length > 0, (rows) => rows.where('type', 'in', [...type]))
    .$if(base.length > 0, (rows) => rows.where('base_model', 'in', [...base]))
    .$if(state.length > 0, (rows) => rows.where('state', 'in', [...state]))
    .$if(kind.length > 0, (rows) => rows.where('sha256', 'in', bytesThatAre(database, 'kind', kind)))
    .$if(contentBase.length > 0, (rows) => rows.where('sha256', 'in', bytesThatAre(database, 'base', contentBase)))
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  const { page, nextCursor } = cutPage(rows, limit);
  return { items: page.map(fileOf), nextCursor };
}

function bytesThatAre(database: Database, column: 'kind' | 'base', ids: readonly string[]) {
  return database
    .tables<ModelsTables>()
    .selectFrom('file_facts')
    .select('sha256')
    .where(column, 'in', [...ids]);
}

function select(database: Database) {
  return database.tables<ModelsTables>().selectFrom('library_files').selectAll();
}

type LibraryRow = Selectable<ModelsTables['library_files']>;

function one([row]: readonly LibraryRow[]): LibraryFile | undefined {
  return row === undefined ? undefined : fileOf(row);
}

function rowOf(file: LibraryFile) {
  return {
    id: file.id,
    path: file.path,
    name: file.name,
    model_name: file.modelName,
    type: file.type,
    base_model: file.baseModel,
    model_id: file.modelId,
    version_id: file.versionId,
    file_id: file.fileId,
    size_bytes: file.sizeBytes,
    sha256: file.sha256,
    hashes: JSON.stringify(file.hashes),
    trained_words: JSON.stringify(file.trainedWords),
    sidecars: JSON.stringify(file.sidecars),
    state: file.state,
    verdict: file.verdict,
    admitted: file.admitted === null ? null : JSON.stringify(file.admitted),
    placed_at: file.placedAt,
    verified_at: file.verifiedAt,
  };
}

function fileOf(row: LibraryRow): LibraryFile {
  return {
    id: row.id,
    path: row.path,
    name: row.name,
    modelName: row.model_name,
    type: row.type,
    baseModel: row.base_model,
    modelId: row.model_id,
    versionId: row.version_id,
    fileId: row.file_id,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    hashes: readJson(publishedHashesSchema, row.hashes),
    trainedWords: readJson(words, row.trained_words),
    sidecars: readJson(words, row.sidecars),
    state: row.state,
    verdict: row.verdict,
    admitted: row.admitted === null ? null : readJson(admissionSchema, row.admitted),
    placedAt: row.placed_at,
    verifiedAt: row.verified_at,
  };
}
