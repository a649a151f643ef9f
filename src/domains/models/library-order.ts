/** Use cases that bring files into the library where they stand, and order among them. */
import { type HandledJob, handleJob } from '#platform/jobs';

import type { LayoutName } from './contract/index.ts';
import { type AdoptedFile, type AdoptOptions, type AdoptRequest, adoptFiles } from './core/adopting/adopt-files.ts';
import type { RunOptions } from './core/downloads/download-deps.ts';
import { createHashMemory, type HashMemory } from './core/hashing/hash-memory.ts';
import { createLibraryWork, type LibraryWork, type LibraryWorkDeps } from './core/library-work/library-work.ts';
import { runAdoptJob, runOrganizeJob } from './core/library-work/run-work.ts';
import { adoptJob, organizeJob } from './core/library-work/work-jobs.ts';
import { type MovedFile, organizeLibrary, undoOrganizing } from './core/organizing/organize-library.ts';
import { type MovePlan, planMoves } from './core/organizing/plan-moves.ts';
import { type ExportOptions, exportLibrary } from './core/outputs/library-export.ts';
import { type LibraryMove, lastMoves, listMoves } from './store/library-move-store.ts';

export interface LibraryOrder extends LibraryWork {
  /** What files anywhere hashed to when they were last read. */
  readonly hashMemory: HashMemory;
  /** Takes files into the library where they stand. */
  readonly adopt: (request: AdoptRequest, options: AdoptOptions) => AsyncGenerator<AdoptedFile>;
  /** Without a layout: the one that is set. */
  readonly planMoves: (layout: LayoutName | undefined, signal: AbortSignal) => Promise<MovePlan>;
  readonly organize: (plan: MovePlan, options: RunOptions) => AsyncGenerator<MovedFile>;
  readonly undoOrganizing: (options: RunOptions) => AsyncGenerator<MovedFile>;
  /** The log of moves, last first, and how many of them would be taken back together. */
  readonly listMoves: (limit: number) => Promise<{ readonly items: readonly LibraryMove[]; readonly undoable: number }>;
  /** A list of it, piece by piece. */
  readonly exportLibrary: (options: ExportOptions) => AsyncGenerator<string | Uint8Array>;
}

export function createLibraryOrder(deps: LibraryWorkDeps): LibraryOrder {
  const hashMemory = createHashMemory(deps);
  return {
    hashMemory,
    adopt: (request, options) => adoptFiles({ ...deps, hashMemory }, request, options),
    planMoves: async (layout, signal) => planMoves(deps, layout ?? deps.options().layout, signal),
    organize: (plan, options) => organizeLibrary(deps, plan, options),
    undoOrganizing: (options) => undoOrganizing(deps, options),
    listMoves: async (limit) => {
      const [items, last] = await Promise.all([listMoves(deps.database, limit), lastMoves(deps.database)]);
      return { items, undoable: last.length };
    },
    ...createLibraryWork(deps),
    exportLibrary: (options) => exportLibrary(deps, options),
  };
}

export function libraryOrderHandlers(deps: LibraryWorkDeps): readonly HandledJob[] {
  const adopting = { ...deps, hashMemory: createHashMemory(deps) };
  return [
    handleJob(adoptJob, async (job) => runAdoptJob(adopting, job)),
    handleJob(organizeJob, async (job) => runOrganizeJob(deps, job)),
  ];
}
