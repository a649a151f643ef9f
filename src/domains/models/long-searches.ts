/** Everything that goes on longer than one search, or comes back to it: collections, sweeps, watches, history. */
import { KuraError } from '#kernel/errors';
import { type HandledJob, handleJob, type JobKind } from '#platform/jobs';
import type { Actor } from '#platform/unit-of-work';

import { collectModelsJob } from './core/collecting/collect-job.ts';
import { type Collecting, createCollecting } from './core/collecting/collecting.ts';
import { collectionProgressed } from './core/collecting/collecting-events.ts';
import { runCollectJob } from './core/collecting/run-collect-job.ts';
import { pruneHistoryJob, pruneHistorySchedule, runPruneJob } from './core/history/prune-history.ts';
import { setUpVerification } from './core/library/verify-schedule.ts';
import { createSavedSearches, type SavedSearches } from './core/saved-searches/saved-searches.ts';
import { runSweepAsJob } from './core/sweeps/run-sweep.ts';
import { runSweepJob } from './core/sweeps/sweep-job.ts';
import { createSweeps, type Sweeps } from './core/sweeps/sweeps.ts';
import { watchRan } from './core/watches/watch-events.ts';
import { runWatchJob } from './core/watches/watch-job.ts';
import { createWatches, runWatchAsJob, type WatchDeps, type Watches } from './core/watches/watches.ts';
import { findSearchRun, type HistoryFilter, listSearchRuns, type SearchRun } from './store/history-store.ts';

export interface LongSearchDeps extends WatchDeps {
  /** How long histories are kept; may change while running. */
  readonly historyDays: () => number;
  /** Days between two checks of the whole library; 0 or absent: only when asked. */
  readonly verifyDays?: (() => number) | undefined;
}

export interface SearchHistory {
  readonly list: (
    filter: HistoryFilter,
  ) => Promise<{ readonly items: readonly SearchRun[]; readonly nextCursor: string | undefined }>;
  /** @throws KuraError `models.history-not-found`. */
  readonly read: (id: string) => Promise<SearchRun>;
}

export interface LongSearches {
  readonly collecting: Collecting;
  readonly sweeps: Sweeps;
  readonly savedSearches: SavedSearches;
  readonly watches: Watches;
  readonly history: SearchHistory;
  /** Sets up what a server does by time; `zone` is where days are counted. */
  readonly setUpSchedules: (zone: string, actor: Actor) => Promise<void>;
}

export const longSearchJobs: readonly JobKind[] = [collectModelsJob, runSweepJob, runWatchJob, pruneHistoryJob];
export const longSearchEvents = { collectionProgressed, watchRan } as const;

export function createLongSearches(deps: LongSearchDeps): LongSearches {
  return {
    collecting: createCollecting(deps),
    sweeps: createSweeps(deps),
    savedSearches: createSavedSearches(deps),
    watches: createWatches(deps),
    history: {
      list: async (filter) => listSearchRuns(deps.database, filter),
      read: async (id) => {
        const run = await findSearchRun(deps.database, id);
        if (run === undefined) throw new KuraError('not-found', 'models.history-not-found', { params: { id } });
        return run;
      },
    },
    setUpSchedules: async (zone, actor) =>
      deps.unitOfWork.write(actor, async (tx) => {
        await deps.scheduler.upsert(tx, pruneHistorySchedule(zone));
        await setUpVerification(deps.scheduler, tx, deps.verifyDays?.() ?? 0);
      }),
  };
}

export function longSearchHandlers(deps: LongSearchDeps): readonly HandledJob[] {
  return [
    handleJob(collectModelsJob, async (job) => runCollectJob(deps, job)),
    handleJob(runSweepJob, async (job) => runSweepAsJob(deps, job)),
    handleJob(runWatchJob, async (job) => runWatchAsJob(deps, job)),
    handleJob(pruneHistoryJob, async (job) => runPruneJob(deps, deps.historyDays(), job)),
  ];
}
