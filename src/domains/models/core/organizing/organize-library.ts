/** Brings the files of the library where the layout wants them, and back. One process at a time. */
import { type KuraError, toKuraError } from '#kernel/errors';

import { lastMoves, type MovedPath, movesOfRun } from '../../store/library-move-store.ts';
import type { RunOptions } from '../downloads/download-deps.ts';
import type { LibraryDeps } from '../library/library-deps.ts';
import { moveLibraryFile, returnLibraryFile, settleMoves } from './move-library-file.ts';
import type { MovePlan } from './plan-moves.ts';

/** With `error`: it stands where it stood. */
export interface MovedFile extends MovedPath {
  readonly error?: KuraError;
}

/** One result for each move of the plan. @throws the signal's reason, between two files */
export async function* organizeLibrary(
  deps: LibraryDeps,
  { moves }: MovePlan,
  options: RunOptions,
): AsyncGenerator<MovedFile> {
  await using _lock = await deps.lock.acquire({ signal: options.signal });
  await settleMoves(deps, options);
  const runId = deps.ids.next();
  for (const planned of moves) {
    const way = { from: planned.file.path, to: planned.to };
    yield await attempt(way, options, async () => moveLibraryFile(deps, planned, { actor: options.actor, runId }));
  }
}

/**
 * The files of one run, else those that were moved together last, back to where they stood.
 * @throws the signal's reason, between two files
 */
export async function* undoOrganizing(
  deps: LibraryDeps,
  options: RunOptions,
  runId?: string,
): AsyncGenerator<MovedFile> {
  await using _lock = await deps.lock.acquire({ signal: options.signal });
  await settleMoves(deps, options);
  const moves = runId === undefined ? lastMoves(deps.database) : movesOfRun(deps.database, runId);
  for (const move of await moves) {
    const way = { from: move.to, to: move.from };
    yield await attempt(way, options, async () => returnLibraryFile(deps, move, options.actor));
  }
}

async function attempt(way: MovedPath, { signal }: RunOptions, move: () => Promise<void>): Promise<MovedFile> {
  signal.throwIfAborted();
  try {
    await move();
    return way;
  } catch (error) {
    return { ...way, error: toKuraError(error) };
  }
}
