/** Sweeps as the edges see them. */
import type { Actor } from '#platform/unit-of-work';

import type { SweepPlan, SweepReport } from '../../contract/index.ts';
import {
  type CellCount,
  countCells,
  firstSeenByCell,
  listCells,
  listSweeps,
  overlapsOf,
  type StoredCell,
  type Sweep,
  sweepTotals,
} from '../../store/sweep-store.ts';
import type { CollectingDeps } from '../collecting/collecting-deps.ts';
import { planSweep, removeSweep, requireSweep, restartSweep, startSweep, stopSweep } from './change-sweep.ts';
import { type RunSweepOptions, runSweep } from './run-sweep.ts';

/** Pairs in a report; a matrix of 5,000 cells has millions. */
const MOST_OVERLAPS = 500;

export interface SweptCell extends StoredCell {
  readonly firstSeen: number;
  readonly duplicates: number;
}

export interface SweepFindings extends Pick<SweepReport, 'overlaps' | 'models' | 'versions'> {
  readonly sweep: Sweep;
  readonly cells: readonly SweptCell[];
}

/** Errors are those of the functions behind. */
export interface Sweeps {
  readonly plan: (plan: SweepPlan, actor: Actor) => Promise<Sweep>;
  readonly list: () => Promise<readonly Sweep[]>;
  readonly report: (name: string) => Promise<SweepFindings>;
  /** How many cells each has and how many of them are done. */
  readonly counted: (sweeps: readonly Sweep[]) => Promise<ReadonlyArray<readonly [Sweep, CellCount]>>;
  readonly restart: (name: string, actor: Actor) => Promise<Sweep>;
  /** As a job of the server. */
  readonly start: (name: string, actor: Actor) => Promise<Sweep>;
  /** Here and now. */
  readonly run: (name: string, options: RunSweepOptions) => Promise<Sweep>;
  readonly stop: (name: string, actor: Actor) => Promise<Sweep>;
  readonly remove: (name: string, actor: Actor) => Promise<void>;
}

export function createSweeps(deps: CollectingDeps): Sweeps {
  const { database } = deps;
  return {
    plan: async (plan, actor) => planSweep(deps, plan, actor),
    list: async () => listSweeps(database),
    report: async (name) => {
      const sweep = await requireSweep(database, name);
      const firsts = await firstSeenByCell(database, sweep.id);
      const cells = (await listCells(database, sweep.id)).map((cell) => {
        const firstSeen = firsts.get(cell.place) ?? 0;
        return { ...cell, firstSeen, duplicates: cell.versions - firstSeen };
      });
      const overlaps = await overlapsOf(database, sweep.id, MOST_OVERLAPS);
      return { sweep, cells, overlaps, ...(await sweepTotals(database, sweep.id)) };
    },
    counted: async (sweeps) => {
      const counts = await countCells(
        database,
        sweeps.map(({ id }) => id),
      );
      return sweeps.map((sweep) => [sweep, counts.get(sweep.id) ?? { cells: 0, cellsDone: 0 }]);
    },
    restart: async (name, actor) => restartSweep(deps, name, actor),
    start: async (name, actor) => startSweep(deps, name, actor),
    run: async (name, options) => runSweep(deps, name, options),
    stop: async (name, actor) => stopSweep(deps, name, actor),
    remove: async (name, actor) => removeSweep(deps, name, actor),
  };
}
