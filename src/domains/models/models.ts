/** The models domain: its use cases over what it was given. */
import type { Scanner } from '#engines/modelscan';
import type { EgressPolicy } from '#engines/transfer';
import { type Clock, nowInstant, type Random } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { JobQueue } from '#platform/jobs';
import type { Logger } from '#platform/log';
import type { UnitOfWork } from '#platform/unit-of-work';

import type { SearchQuery } from './contract/index.ts';
import { systemActor } from './core/actor.ts';
import type { DownloadDeps, DownloadOptions, RunOptions } from './core/downloads/download-deps.ts';
import type { DownloadMeasures } from './core/downloads/download-metrics.ts';
import { type GetItem, type GetObserver, type GetRequest, getFiles } from './core/downloads/get-files.ts';
import { type DownloadPlan, planDownloads } from './core/downloads/plan-downloads.ts';
import { createLazyHashThread } from './core/library/lazy-hash-thread.ts';
import { createLibraryLock } from './core/library/library-lock.ts';
import { type SearchOutcome, searchModels } from './core/search/search-models.ts';
import type { ModelSource, ProgressSink, Protection, RepairSource } from './ports.ts';
import { upsertModels } from './store/catalogue-store.ts';

export interface ModelsDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly jobs: JobQueue;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly logger: Logger;
  readonly source: ModelSource;
  readonly scanner: Pick<Scanner, 'scan'>;
  /** Which addresses downloads may reach. */
  readonly egress: EgressPolicy;
  readonly progress: ProgressSink;
  /** Places to recover files from before the site is asked again, in this order. */
  readonly repairSources: readonly RepairSource[];
  readonly protection: Protection;
  readonly measures: DownloadMeasures;
  readonly folders: {
    readonly library: string;
    readonly quarantine: string;
    /** Lock files. */
    readonly run: string;
  };
  /** Words of the command that runs, for those who wait for the library: `models get`. */
  readonly command: string;
  /** Settings that may change while running. */
  readonly options: () => ModelsOptions;
}

export interface ModelsOptions extends DownloadOptions {
  /** How long to wait for another process that writes the library. */
  readonly lockWaitMs: number;
}

export interface Models extends AsyncDisposable {
  readonly siteUrl: string;
  readonly search: (query: SearchQuery, signal: AbortSignal) => Promise<SearchOutcome>;
  readonly plan: (request: GetRequest, signal: AbortSignal) => Promise<DownloadPlan>;
  /** Fetches, verifies, scans and places; `sink` hears the progress of this call instead of the one of `deps`. */
  readonly get: (
    request: GetRequest,
    observer: GetObserver & { readonly sink: ProgressSink },
    options: RunOptions,
  ) => Promise<readonly GetItem[]>;
}

export function createModels(deps: ModelsDeps): Models {
  const hashThread = createLazyHashThread();
  const { source, clock, unitOfWork } = deps;
  const downloads: DownloadDeps = {
    ...deps,
    hashThread,
    lock: createLibraryLock({
      folder: deps.folders.run,
      command: deps.command,
      clock,
      waitMs: () => deps.options().lockWaitMs,
    }),
    libraryFolder: deps.folders.library,
    quarantine: { ...deps, folder: deps.folders.quarantine },
  };
  return {
    siteUrl: source.siteUrl,
    search: async (query, signal) =>
      searchModels(
        {
          source,
          clock,
          remember: async (models) => {
            const at = nowInstant(clock);
            await unitOfWork.write(systemActor, async (tx) => upsertModels(tx, models, at), { signal });
          },
        },
        query,
        signal,
      ),
    plan: async (request, signal) =>
      planDownloads(
        downloads,
        { refs: request.refs, file: request.file, layout: request.layout ?? deps.options().layout },
        signal,
      ),
    get: async (request, { sink, ...observer }, options) =>
      getFiles({ ...downloads, progress: sink }, request, observer, options),
    [Symbol.asyncDispose]: async () => hashThread[Symbol.asyncDispose](),
  };
}
