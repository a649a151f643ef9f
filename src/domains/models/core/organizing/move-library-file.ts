/**
 * One file of the library to another place, with what stands beside it: noted first, moved on the disk, recorded at last.
 * Whoever dies in between is finished or taken back by the next (`settleMoves`).
 */
import { rm, stat } from 'node:fs/promises';

import { nowInstant } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import {
  insertMove,
  type LibraryMove,
  type MovedPath,
  markMove,
  openMoves,
  relocateFile,
} from '../../store/library-move-store.ts';
import { findLibraryFile, findLibraryFileAt, type LibraryFile } from '../../store/library-store.ts';
import type { RunOptions } from '../downloads/download-deps.ts';
import { requireLibraryFile } from '../library/find-library-file.ts';
import { measureFile } from '../library/intact-file.ts';
import type { LibraryDeps } from '../library/library-deps.ts';
import { moveFile } from '../scanning/move-file.ts';
import type { PlannedMove } from './plan-moves.ts';

/** @throws KuraError conflict `models.target-exists`, not-found `models.file-gone`; nothing was moved then. */
export async function moveLibraryFile(
  deps: LibraryDeps,
  { file, to, companions }: PlannedMove,
  { actor, runId }: { readonly actor: Actor; readonly runId: string },
): Promise<void> {
  const move: LibraryMove = {
    id: deps.ids.next(),
    runId,
    libraryId: file.id,
    from: file.path,
    to,
    companions,
    status: 'begun',
    movedAt: nowInstant(deps.clock),
  };
  await requireFreeWay(deps, move);
  await deps.unitOfWork.write(actor, async (tx) => insertMove(tx, move));
  await carry(deps, move, actor);
  await finish(deps, file, move, actor);
}

/** Takes a move back. @throws as `moveLibraryFile`, conflict `models.file-moved-on` when it has another place by now. */
export async function returnLibraryFile(deps: LibraryDeps, done: LibraryMove, actor: Actor): Promise<void> {
  const file = await requireLibraryFile(deps, done.libraryId);
  if (file.path !== done.to) throw new KuraError('conflict', 'models.file-moved-on', { params: { path: file.path } });
  const move: LibraryMove = { ...done, status: 'returning' };
  await requireFreeWay(deps, wayOf(move));
  await deps.unitOfWork.write(actor, async (tx) => markMove(tx, move.id, move.status));
  await carry(deps, move, actor);
  await finish(deps, file, move, actor);
}

/** What an interrupted run left between two places is where one of them says. */
export async function settleMoves(deps: LibraryDeps, { actor, signal }: RunOptions): Promise<void> {
  for (const move of await openMoves(deps.database)) {
    const file = await findLibraryFile(deps.database, move.libraryId);
    if (file !== undefined && (await hasArrived(deps, wayOf(move), file, signal))) {
      await finish(deps, file, move, actor);
    } else {
      await giveUp(deps, move, actor);
    }
  }
}

/** Where nothing was moved, what stands there later is somebody else's and no copy that was cut short. */
async function carry(deps: LibraryDeps, move: LibraryMove, actor: Actor): Promise<void> {
  const { from, to } = wayOf(move);
  try {
    await moveFile(from, to);
  } catch (error) {
    const isAnothers = isKuraError(error) && error.code === 'models.target-exists';
    if (isAnothers || !(await exists(to))) await giveUp(deps, move, actor);
    throw error;
  }
}

/** It stands where it stood. */
async function giveUp(deps: LibraryDeps, move: LibraryMove, actor: Actor): Promise<void> {
  const status = move.status === 'begun' ? 'undone' : 'done';
  await deps.unitOfWork.write(actor, async (tx) => markMove(tx, move.id, status));
}

interface Way extends MovedPath {
  readonly companions: readonly MovedPath[];
}

function wayOf(move: LibraryMove): Way {
  if (move.status !== 'returning') return move;
  return { from: move.to, to: move.from, companions: move.companions.map(({ from, to }) => ({ from: to, to: from })) };
}

async function requireFreeWay({ database }: LibraryDeps, { from, to, companions }: Way): Promise<void> {
  if (!(await exists(from))) throw new KuraError('not-found', 'models.file-gone', { params: { path: from } });
  for (const { to: path } of [{ to }, ...companions]) {
    const isTaken = (await exists(path)) || (await findLibraryFileAt(database, path)) !== undefined;
    if (isTaken) throw new KuraError('conflict', 'models.target-exists', { params: { path } });
  }
}

/** The file itself goes first: as long as it stands where it stood, nothing has been moved. */
async function finish(deps: LibraryDeps, file: LibraryFile, move: LibraryMove, actor: Actor): Promise<void> {
  const { from, to, companions } = wayOf(move);
  for (const companion of companions) await moveCompanion(companion);
  const places = new Map(companions.map((companion) => [companion.from, companion.to]));
  const sidecars = file.sidecars.map((path) => places.get(path) ?? path);
  await deps.unitOfWork.write(actor, async (tx) => {
    await relocateFile(tx, file.id, { from, to, sidecars });
    await markMove(tx, move.id, move.status === 'begun' ? 'done' : 'undone');
    await tx.audit({
      action: 'models.move-file',
      subject: { kind: 'library-file', id: file.id, name: file.name },
      result: 'done',
      before: { path: from },
      after: { path: to, companions: companions.length },
    });
  });
}

async function moveCompanion({ from, to }: MovedPath): Promise<void> {
  const before = await stat(from).catch(() => undefined);
  if (before === undefined) return;
  const after = await stat(to).catch(() => undefined);
  if (after === undefined) await moveFile(from, to);
  else if (after.ino === before.ino && after.dev === before.dev) await rm(from);
}

/** A copy that was cut short is removed, the original stays. */
async function hasArrived(
  deps: LibraryDeps,
  { from, to }: MovedPath,
  file: LibraryFile,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(await exists(to))) return false;
  if (!(await exists(from))) return true;
  const { state } = await measureFile({ ...file, path: to }, { thread: deps.hashThread, signal });
  await rm(state === 'present' ? from : to);
  return state === 'present';
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
