/** Batches: many files fetched as one download job. People's text calls them download jobs. */

import type { LockOwner } from '#platform/files';
import type { Translator } from '#platform/i18n';
import type { Actor } from '#platform/unit-of-work';
import type {
  BatchChange,
  BatchItemStatus,
  BatchProgressView,
  BatchRequest,
  BatchStatus,
} from './contract/batch-shapes.ts';
import type { BatchPlan } from './core/downloads/batches/batch-plan.ts';
import type { RunOptions } from './core/downloads/download-deps.ts';
import type { ProgressSink } from './ports.ts';
import type { BatchItem } from './store/batch-item-store.ts';
import type { Batch } from './store/batch-store.ts';

export type { BatchPlan, PlannedItem } from './core/downloads/batches/batch-plan.ts';
export type { BatchItem } from './store/batch-item-store.ts';
export type { Batch, BatchOrigin } from './store/batch-store.ts';
export type BatchProgress = BatchProgressView;

export interface BatchesPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | undefined;
}

export interface PlanOptions {
  readonly signal: AbortSignal;
  /** How many references were looked at so far; `total` is undefined while pages of a search still come. */
  readonly onPlanned?: (planned: number, total: number | undefined) => void;
}

export interface StartBatchOptions extends PlanOptions {
  readonly actor: Actor;
  /** The server runs it; otherwise the caller does with `runBatchHere`. */
  readonly byServer: boolean;
}

/** Hears of a batch that runs in this process; must not throw. */
export interface BatchObserver {
  /** At most once a second, and at the end. */
  readonly onProgress: (progress: BatchProgress) => void;
  /** An item came to its end, or waits for another round (`pending` with its reason). */
  readonly onItem: (item: BatchItem) => void;
  /** The batch waits: for a window (`waitsUntil`), paused … */
  readonly onBatch: (batch: Batch) => void;
  /** Another process holds the library. */
  readonly onWait: (owner: LockOwner) => void;
  /** Bytes of single files. */
  readonly sink: ProgressSink;
}

export interface BatchReport {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
}

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
}
