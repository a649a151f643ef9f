/** The models domain: its use cases over what it was given. */
import type { FeatureMode } from '#engines/civitai';
import type { Scanner } from '#engines/modelscan';
import { type BandwidthLimit, createHostPauses, type EgressPolicy, type NetworkOptions } from '#engines/transfer';
import type { Clock, Random } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { HandledJob, JobQueue } from '#platform/jobs';
import { handleJob } from '#platform/jobs';
import type { Logger } from '#platform/log';
import type { Scheduler } from '#platform/schedule';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import { type Batches, batchHandlers, createBatches } from './batches.ts';
import type { LibraryStats, SearchQuery, VocabularyAnswer } from './contract/index.ts';
import { localActor } from './core/actor.ts';
import { type ImportedRecords, type ImportRecordsOptions, importRecords } from './core/catalogue/import-records.ts';
import type { DownloadOptions, RunOptions } from './core/downloads/download-deps.ts';
import { downloadFileJob, repairFileJob, verifyLibraryJob } from './core/downloads/download-job.ts';
import { createDownloadMachinery } from './core/downloads/download-machinery.ts';
import type { DownloadMeasures } from './core/downloads/download-metrics.ts';
import {
  cancelDownload,
  type QueueDeps,
  requireDownload,
  retryDownload,
  runDownloadJob,
  type StartedDownloads,
  startDownloads,
} from './core/downloads/download-queue.ts';
import { type GetItem, type GetObserver, type GetRequest, getFiles } from './core/downloads/get-files.ts';
import { type DownloadPlan, planDownloads } from './core/downloads/plan-downloads.ts';
import { conditionsOf, type DownloadHistoryFilter } from './core/history/download-history.ts';
import { recordSearch } from './core/history/record-run.ts';
import { requireLibraryFile } from './core/library/find-library-file.ts';
import type { LibraryDeps } from './core/library/library-deps.ts';
import { runRepairJob, runVerificationJob, startRepair, startVerification } from './core/library/library-jobs.ts';
import { createLibraryLock } from './core/library/library-lock.ts';
import { libraryStats } from './core/library/library-stats.ts';
import { type RepairedFile, repairFile } from './core/library/repair-file.ts';
import { everyLibraryFile, type VerifiedFile, type VerifyOptions, verifyFiles } from './core/library/verify-library.ts';
import type { LibraryWorkDeps } from './core/library-work/library-work.ts';
import type { ScanSettings } from './core/scanning/library-scan-deps.ts';
import type { QualitySettings } from './core/search/count-quality.ts';
import { type SearchDeps, type SearchOutcome, searchModels } from './core/search/search-models.ts';
import { searchPages } from './core/search/search-pages.ts';
import { findUpdates, type UpdatesPage } from './core/updates/find-updates.ts';
import { createWordLookup } from './core/vocabulary/look-up-words.ts';
import { readVocabulary, type VocabularyRequest } from './core/vocabulary/read-vocabulary.ts';
import { createDownloadHistory, type DownloadHistory } from './download-history.ts';
import { createLibraryOrder, type LibraryOrder, libraryOrderHandlers } from './library-order.ts';
import { createLongSearches, type LongSearchDeps, type LongSearches, longSearchHandlers } from './long-searches.ts';
import { createModelPages, type ModelPages } from './model-pages.ts';
import type {
  ExternalScanner,
  FileMirror,
  ModelSource,
  ProgressSink,
  Protection,
  ProtectionView,
  RepairSource,
  VirusScanner,
} from './ports.ts';
import { createScanning, type Scanning, type ScanningDeps, scanningHandlers } from './scanning.ts';
import { searchDepsOf } from './search-deps.ts';
import { createSiteWatch, type SiteWatch } from './site-watch.ts';
import { type Download, type DownloadFilter, listDownloads, senderOf } from './store/download-store.ts';
import { type LibraryFile, type LibraryFilter, listLibraryFiles } from './store/library-store.ts';

export interface ModelsDeps extends ScanSettings {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly jobs: JobQueue;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly logger: Logger;
  readonly source: ModelSource;
  /** Other places for files, in the order in which they are asked; absent: there are none. */
  readonly mirrors?: readonly FileMirror[] | undefined;
  readonly scanner: Pick<Scanner, 'scan' | 'look'>;
  /** Absent: none is configured. */
  readonly virusScanner?: VirusScanner | undefined;
  /** Asked for each file; absent: there are none. */
  readonly externalScanners?: (() => Promise<readonly ExternalScanner[]>) | undefined;
  /** Which addresses downloads may reach. */
  readonly egress: EgressPolicy;
  /** Proxy, authorities and address family of downloads. */
  readonly network?: NetworkOptions | undefined;
  /** Of all downloads of this process together. */
  readonly bandwidth?: BandwidthLimit | undefined;
  /** Of Kura; kept with what it fetched. */
  readonly version?: string | undefined;
  /** Hears of the downloads of jobs. */
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
  /** IANA zone in which people mean times of day. */
  readonly timeZone: () => string;
  /** Which features of the site's API may be used (`civitai.features`). */
  readonly featureMode: () => FeatureMode;
  /** How long histories of searches are kept. */
  readonly historyDays: () => number;
  /** Days between two checks of the whole library; 0 or absent: only when asked. */
  readonly verifyDays?: (() => number) | undefined;
  /** Besides the library's own folder, where pages may adopt files. */
  readonly adoptFolders?: (() => readonly string[]) | undefined;
  /** How the quality of models is counted. */
  readonly quality: () => QualitySettings;
}

export interface ModelsOptions extends DownloadOptions {
  /** How long to wait for another process that writes the library. */
  readonly lockWaitMs: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | undefined;
}

/** Errors are those of the use cases; see `core/`. */
export interface Models extends LongSearches, Batches, ModelPages, LibraryOrder, Scanning, AsyncDisposable {
  readonly siteUrl: string;
  /** Whether the site's answers have changed. */
  readonly apiWatch: SiteWatch['apiWatch'];
  /** What of the site's API can be relied on. */
  readonly features: SiteWatch['features'];
  readonly search: (query: SearchQuery, signal: AbortSignal) => Promise<SearchOutcome>;
  /** The words a search understands, those learned from the site included. */
  readonly readVocabulary: (request: VocabularyRequest, signal: AbortSignal) => Promise<VocabularyAnswer>;
  /** Recorded answers and side-cars into the catalogue. */
  readonly importRecords: (paths: readonly string[], options: ImportRecordsOptions) => Promise<ImportedRecords>;

  /** Newer versions of what the library holds; `cursor` is the model after which to go on. */
  readonly findUpdates: (
    range: { readonly limit: number; readonly cursor?: number | undefined },
    signal: AbortSignal,
  ) => Promise<UpdatesPage>;

  readonly plan: (request: GetRequest, signal: AbortSignal) => Promise<DownloadPlan>;
  /** Fetches, verifies, scans and places now; `sink` hears the progress of this call. */
  readonly get: (
    request: GetRequest,
    observer: GetObserver & { readonly sink: ProgressSink },
    options: RunOptions,
  ) => Promise<readonly GetItem[]>;
  /** The same as durable jobs. */
  readonly startDownloads: (request: GetRequest, options: RunOptions) => Promise<StartedDownloads>;
  readonly listDownloads: (
    filter: DownloadHistoryFilter & Pick<DownloadFilter, 'limit' | 'cursor'>,
  ) => Promise<Page<Download>>;
  readonly downloadHistory: DownloadHistory;
  readonly readDownload: (id: string) => Promise<Download>;
  readonly cancelDownload: (id: string, actor: Actor) => Promise<Download>;
  readonly retryDownload: (id: string, actor: Actor) => Promise<Download>;

  readonly listLibrary: (filter: LibraryFilter) => Promise<Page<LibraryFile>>;
  /** By id or path. */
  readonly readLibraryFile: (name: string) => Promise<LibraryFile>;
  readonly protectionOf: (file: LibraryFile) => Promise<ProtectionView | null>;
  /** Who sent the bytes of this file: `civitai`, or the name of a mirror; null when Kura did not fetch it. */
  readonly senderOf: (file: LibraryFile) => Promise<string | null>;
  readonly libraryStats: () => Promise<LibraryStats>;
  /** Without files: all of the library. */
  readonly verify: (files: readonly LibraryFile[] | undefined, options: VerifyOptions) => AsyncGenerator<VerifiedFile>;
  readonly repair: (file: LibraryFile, options: RunOptions) => Promise<RepairedFile>;
  readonly startVerification: (ids: readonly string[] | undefined, actor: Actor) => Promise<{ readonly jobId: string }>;
  readonly startRepair: (id: string, actor: Actor) => Promise<{ readonly jobId: string }>;

  /** For the server's workers. */
  readonly jobHandlers: readonly HandledJob[];
}

export function createModels(given: ModelsDeps): Models {
  const siteWatch = createSiteWatch(given);
  const deps = { ...given, source: siteWatch.source, hostPauses: createHostPauses(given) };
  const machinery = createDownloadMachinery(deps);
  const shared: LibraryWorkDeps & QueueDeps & ScanningDeps = {
    ...deps,
    ...machinery.parts,
    lock: createLibraryLock({
      folder: deps.folders.run,
      command: deps.command,
      clock: deps.clock,
      waitMs: () => deps.options().lockWaitMs,
    }),
    libraryFolder: deps.folders.library,
    quarantine: { ...deps, folder: deps.folders.quarantine },
  };
  const words = createWordLookup(deps);
  const asking = { ...searchDepsOf(deps, siteWatch.features), onUnknownWord: words.start };
  const long: LongSearchDeps = {
    ...deps,
    walk: (query, signal) => searchPages(asking, { ...query, refresh: true }, signal),
  };
  const batches = {
    ...deps,
    ...shared,
    search: async (query: SearchQuery, signal: AbortSignal) => searchModels(asking, query, signal),
    remember: asking.remember,
    batchMeasures: deps.measures.batches,
  };
  return {
    siteUrl: deps.source.siteUrl,
    apiWatch: siteWatch.apiWatch,
    features: siteWatch.features,
    ...catalogueUseCases(deps, asking),
    ...createModelPages({ ...asking, database: deps.database, unitOfWork: deps.unitOfWork }),
    ...downloadUseCases(shared),
    ...libraryUseCases(shared, deps.protection),
    ...createLibraryOrder(shared),
    ...createLongSearches(long),
    ...createBatches(batches),
    ...createScanning(shared),
    jobHandlers: [
      ...fileHandlers(shared),
      ...libraryOrderHandlers(shared),
      ...longSearchHandlers(long),
      ...batchHandlers(batches),
      ...scanningHandlers(shared),
    ],
    [Symbol.asyncDispose]: async () => {
      await words[Symbol.asyncDispose]();
      await siteWatch[Symbol.asyncDispose]();
      await machinery[Symbol.asyncDispose]();
    },
  };
}

function fileHandlers(deps: LibraryDeps & QueueDeps): readonly HandledJob[] {
  return [
    handleJob(
      downloadFileJob,
      async (job) => runDownloadJob(deps, job),
      () => deps.options().parallel,
    ),
    handleJob(verifyLibraryJob, async (job) => runVerificationJob(deps, job)),
    handleJob(repairFileJob, async (job) => runRepairJob(deps, job)),
  ];
}

function catalogueUseCases(deps: ModelsDeps, asking: SearchDeps) {
  return {
    search: async (query, signal) => recordSearch(deps, query, async () => searchModels(asking, query, signal)),
    findUpdates: async (range, signal) => findUpdates(asking, range, signal),
    importRecords: async (paths, options) => importRecords(deps, localActor, paths, options),
    readVocabulary: async (request, signal) => readVocabulary(deps, request, signal),
  } satisfies Partial<Models>;
}

function downloadUseCases(deps: QueueDeps) {
  return {
    plan: async (request, signal) => {
      const layout = request.layout ?? deps.options().layout;
      return planDownloads(deps, { ...request, layout, acceptLikeness: request.acceptLikeness ?? false }, signal);
    },
    get: async (request, { sink, ...observer }, options) =>
      getFiles({ ...deps, progress: sink }, request, observer, options),
    startDownloads: async (request, options) => startDownloads(deps, request, options),
    listDownloads: async ({ limit, cursor, ...filter }) =>
      listDownloads(deps.database, { ...conditionsOf(filter, deps.clock), limit, cursor }),
    downloadHistory: createDownloadHistory(deps),
    readDownload: async (id) => requireDownload(deps, id),
    cancelDownload: async (id, actor) => cancelDownload(deps, id, actor),
    retryDownload: async (id, actor) => retryDownload(deps, id, actor),
  } satisfies Partial<Models>;
}

function libraryUseCases(deps: LibraryDeps, protection: Protection) {
  return {
    listLibrary: async (filter) => listLibraryFiles(deps.database, filter),
    readLibraryFile: async (name) => requireLibraryFile(deps, name),
    protectionOf: async ({ path, sha256, sizeBytes }) => protection.of({ path, sha256, sizeBytes }),
    senderOf: async (file) => senderOf(deps.database, file),
    libraryStats: async () => libraryStats(deps.database),
    verify: (files, options) => verifyFiles(deps, files ?? everyLibraryFile(deps), options),
    repair: async (file, options) => repairFile(deps, file, options),
    startVerification: async (ids, actor) => startVerification(deps, ids, actor),
    startRepair: async (id, actor) => startRepair(deps, id, actor),
  } satisfies Partial<Models>;
}
