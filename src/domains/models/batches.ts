/** Batches: many files fetched as one download job. People's text calls them download jobs. */

import type { Translator } from '#platform/i18n';
import { type HandledJob, handleJob, type JobKind } from '#platform/jobs';
import type { Actor } from '#platform/unit-of-work';
import type {
  BatchChange,
  BatchItemStatus,
  BatchProgressView,
  BatchRequest,
  BatchStatus,
  KeptDecision,
} from './contract/index.ts';
import type { BatchDeps } from './core/downloads/batches/batch-deps.ts';
import { batchProgressed } from './core/downloads/batches/batch-events.ts';
import { runBatchJob } from './core/downloads/batches/batch-job.ts';
import type { BatchPlan } from './core/downloads/batches/batch-plan.ts';
import {
  cancelBatch,
  changeBatch,
  isBatchLeft,
  pauseBatch,
  resumeBatch,
  retryBatch,
} from './core/downloads/batches/change-batch.ts';
import { requireBatch, requireBatchRow } from './core/downloads/batches/move-batch.ts';
import { type PlanBatchOptions, planBatch } from './core/downloads/batches/plan-batch.ts';
import { type BatchReport, reportBatch } from './core/downloads/batches/report-batch.ts';
import {
  type HereObserver,
  runBatchesJob,
  runBatchHere,
  wakeForBatches,
} from './core/downloads/batches/run-batches.ts';
import { type StartOptions, startBatch } from './core/downloads/batches/start-batch.ts';
import type { RunOptions } from './core/downloads/download-deps.ts';
import { type BatchItem, listBatchItems } from './store/batch-item-store.ts';
import { type Batch, listBatches } from './store/batch-store.ts';
import { readBatchDecisions } from './store/decision-store.ts';
import { readPositionCursor } from './store/position-cursor.ts';

export type { BatchPlan, PlannedItem } from './core/downloads/batches/batch-plan.ts';
export type { BatchItem } from './store/batch-item-store.ts';
export type { Batch, BatchOrigin } from './store/batch-store.ts';
export type BatchProgress = BatchProgressView;

export interface BatchesPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | undefined;
}

export type { BatchReport } from './core/downloads/batches/report-batch.ts';
/** What planning hears and obeys. */
export type PlanOptions = PlanBatchOptions;
export type StartBatchOptions = StartOptions;
export type BatchObserver = HereObserver;

/** Errors are those of `batch-routes.ts` with the same meaning. */
export interface Batches {
  readonly planBatch: (request: BatchRequest, options: PlanOptions) => Promise<BatchPlan>;
  /** @throws KuraError `models.empty-batch`, `models.not-enough-space`, `models.consent-needed`, `models.bad-list`, …. */
  readonly startBatch: (request: BatchRequest, options: StartBatchOptions) => Promise<Batch>;
  /** Last made first. */
  readonly listBatches: (filter: {
    readonly status?: readonly BatchStatus[] | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  }) => Promise<BatchesPage<Batch>>;
  /** @throws KuraError `models.batch-not-found`. */
  readonly readBatch: (id: string) => Promise<Batch>;
  /** Whether it says that it runs, and nothing on this machine runs it. */
  readonly isBatchLeft: (batch: Batch) => Promise<boolean>;
  /** What was decided last about its files and their connections, latest first. */
  readonly batchDecisions: (id: string) => Promise<readonly KeptDecision[]>;
  /** In the order of the list. */
  readonly listBatchItems: (
    id: string,
    filter: {
      readonly status?: readonly BatchItemStatus[] | undefined;
      readonly limit: number;
      readonly cursor?: string | undefined;
    },
  ) => Promise<BatchesPage<BatchItem>>;
  readonly changeBatch: (id: string, change: BatchChange, actor: Actor) => Promise<Batch>;
  readonly pauseBatch: (id: string, actor: Actor) => Promise<Batch>;
  /** The server goes on with it; `runBatchHere` does so in this process. */
  readonly resumeBatch: (id: string, actor: Actor) => Promise<Batch>;
  readonly cancelBatch: (id: string, actor: Actor) => Promise<Batch>;
  /** As `resumeBatch`, for what failed or was cancelled. */
  readonly retryBatch: (id: string, actor: Actor) => Promise<Batch>;
  readonly reportBatch: (id: string, format: 'json' | 'csv' | 'html', translator: Translator) => Promise<BatchReport>;
  /**
   * Runs it in this process until it has ended, is paused (by anybody, or by a cap) or `signal` aborts: then it is
   * `paused` with the reason `models.batch-interrupted`, and everything that has arrived is kept. A paused one is
   * resumed first; of one that has ended nothing is done. While its window is closed it waits.
   * @throws KuraError `models.batch-not-found`, conflict `files.locked` while another process runs it.
   */
  readonly runBatchHere: (id: string, observer: BatchObserver, options: RunOptions) => Promise<Batch>;
  /** A server has started: it goes on with what one before it left. */
  readonly wakeBatches: (actor: Actor) => Promise<void>;
}

export const batchJobs: readonly JobKind[] = [runBatchJob];
export const batchesEvents = { batchProgressed } as const;

export function createBatches(deps: BatchDeps): Batches {
  return {
    planBatch: async (request, options) => (await planBatch(deps, request, options)).plan,
    startBatch: async (request, options) => startBatch(deps, request, options),
    listBatches: async (filter) => listBatches(deps.database, filter),
    readBatch: async (id) => requireBatch(deps.database, id),
    isBatchLeft: async (batch) => isBatchLeft(deps, batch),
    batchDecisions: async (id) => readBatchDecisions(deps.database, id),
    listBatchItems: async (id, { status, limit, cursor }) => {
      await requireBatchRow(deps.database, id);
      const after = cursor === undefined ? 0 : readPositionCursor(cursor);
      const rows = await listBatchItems(deps.database, id, { status, after, limit: limit + 1 });
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.number ?? 0) : undefined };
    },
    changeBatch: async (id, change, actor) => changeBatch(deps, id, change, actor),
    pauseBatch: async (id, actor) => pauseBatch(deps, id, actor),
    resumeBatch: async (id, actor) => resumeBatch(deps, id, actor),
    cancelBatch: async (id, actor) => cancelBatch(deps, id, actor),
    retryBatch: async (id, actor) => retryBatch(deps, id, actor),
    reportBatch: async (id, format, translator) => reportBatch(deps, id, { format, translator }),
    runBatchHere: async (id, observer, options) => runBatchHere(deps, id, observer, options),
    wakeBatches: async (actor) => wakeForBatches(deps, actor),
  };
}

export function batchHandlers(deps: BatchDeps): readonly HandledJob[] {
  return [handleJob(runBatchJob, async (job) => runBatchesJob(deps, job))];
}
