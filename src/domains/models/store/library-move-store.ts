/** The log of moves within the library: written before the disk is touched, so that each can be finished or taken back. */
import { basename } from 'node:path';

import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';

import { readJson } from './json-column.ts';
import type { MoveStatus } from './library-move-tables.ts';
import type { ModelsTables } from './models-tables.ts';

export interface MovedPath {
  readonly from: string;
  readonly to: string;
}

export interface LibraryMove extends MovedPath {
  readonly id: string;
  readonly runId: string;
  readonly libraryId: string;
  /** What stands beside the file and goes with it. */
  readonly companions: readonly MovedPath[];
  readonly status: MoveStatus;
  readonly movedAt: string;
}

const companionsSchema = z.array(z.object({ from: z.string(), to: z.string() }));

export async function insertMove(tx: Transaction, move: LibraryMove): Promise<void> {
  await tx
    .tables<ModelsTables>()
    .insertInto('library_moves')
    .values({
      id: move.id,
      run_id: move.runId,
      library_id: move.libraryId,
      from_path: move.from,
      to_path: move.to,
      companions: JSON.stringify(move.companions),
      status: move.status,
      moved_at: move.movedAt,
    })
    .execute();
}

export async function markMove(tx: Transaction, id: string, status: MoveStatus): Promise<void> {
  await tx.tables<ModelsTables>().updateTable('library_moves').set({ status }).where('id', '=', id).execute();
}

/** Those of which nobody knows how far they came. */
export async function openMoves(database: Database): Promise<readonly LibraryMove[]> {
  return (await select(database).where('status', 'in', ['begun', 'returning']).orderBy('id').execute()).map(moveOf);
}

/** What was moved last and stands there still, last first; empty when there is nothing to take back. */
export async function lastMoves(database: Database): Promise<readonly LibraryMove[]> {
  const last = select(database).where('status', '=', 'done').orderBy('id', 'desc').limit(1);
  const newest = await last.executeTakeFirst();
  return newest === undefined ? [] : movesOfRun(database, newest.run_id);
}

/** What of a run stands there still, last first. */
export async function movesOfRun(database: Database, runId: string): Promise<readonly LibraryMove[]> {
  const run = select(database).where('run_id', '=', runId).where('status', '=', 'done');
  return (await run.orderBy('id', 'desc').execute()).map(moveOf);
}

/** The log, last first. */
export async function listMoves(database: Database, limit: number): Promise<readonly LibraryMove[]> {
  return (await select(database).orderBy('id', 'desc').limit(limit).execute()).map(moveOf);
}

/** Every record of a file says where it stands now. */
export async function relocateFile(
  tx: Transaction,
  libraryId: string,
  { from, to, sidecars }: MovedPath & { readonly sidecars: readonly string[] },
): Promise<void> {
  const tables = tx.tables<ModelsTables>();
  await tables
    .updateTable('library_files')
    .set({ path: to, name: basename(to), sidecars: JSON.stringify(sidecars) })
    .where('id', '=', libraryId)
    .execute();
  await tables.deleteFrom('file_scans').where('path', '=', to).execute();
  await tables.updateTable('file_scans').set({ path: to }).where('path', '=', from).execute();
  await tables.updateTable('downloads').set({ path: to }).where('path', '=', from).execute();
}

function select(database: Database) {
  return database.tables<ModelsTables>().selectFrom('library_moves').selectAll();
}

function moveOf(row: ModelsTables['library_moves']): LibraryMove {
  return {
    id: row.id,
    runId: row.run_id,
    libraryId: row.library_id,
    from: row.from_path,
    to: row.to_path,
    companions: readJson(companionsSchema, row.companions),
    status: row.status,
    movedAt: row.moved_at,
  };
}
