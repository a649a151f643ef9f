/** Use cases that bring files into the library where they stand, and order among them. */
import type { LayoutName } from './contract/index.ts';
import { type AdoptedFile, type AdoptOptions, type AdoptRequest, adoptFiles } from './core/adopting/adopt-files.ts';
import type { RunOptions } from './core/downloads/download-deps.ts';
import { createHashMemory, type HashMemory } from './core/hashing/hash-memory.ts';
import type { LibraryDeps } from './core/library/library-deps.ts';
import { type MovedFile, organizeLibrary, undoOrganizing } from './core/organizing/organize-library.ts';
import { type MovePlan, planMoves } from './core/organizing/plan-moves.ts';
import { type ExportOptions, exportLibrary } from './core/outputs/library-export.ts';

export interface LibraryOrder {
  /** What files anywhere hashed to when they were last read. */
  readonly hashMemory: HashMemory;
  /** Takes files into the library where they stand. */
  readonly adopt: (request: AdoptRequest, options: AdoptOptions) => AsyncGenerator<AdoptedFile>;
  /** Without a layout: the one that is set. */
  readonly planMoves: (layout: LayoutName | undefined, signal: AbortSignal) => Promise<MovePlan>;
  readonly organize: (plan: MovePlan, options: RunOptions) => AsyncGenerator<MovedFile>;
  readonly undoOrganizing: (options: RunOptions) => AsyncGenerator<MovedFile>;
  /** A list of it, piece by piece. */
  readonly exportLibrary: (options: ExportOptions) => AsyncGenerator<string | Uint8Array>;
}

export function createLibraryOrder(deps: LibraryDeps): LibraryOrder {
  const hashMemory = createHashMemory(deps);
  return {
    hashMemory,
    adopt: (request, options) => adoptFiles({ ...deps, hashMemory }, request, options),
    planMoves: async (layout, signal) => planMoves(deps, layout ?? deps.options().layout, signal),
    organize: (plan, options) => organizeLibrary(deps, plan, options),
    undoOrganizing: (options) => undoOrganizing(deps, options),
    exportLibrary: (options) => exportLibrary(deps, options),
  };
}
