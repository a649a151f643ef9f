/** What batches need. */
import type { Model } from '#engines/civitai';

import type { SearchQuery } from '../../../contract/index.ts';
import type { SearchOutcome } from '../../search/search-models.ts';
import type { QueueDeps } from '../download-queue.ts';
import type { BatchMeasures } from './batch-metrics.ts';

export interface BatchDeps extends QueueDeps {
  readonly search: (query: SearchQuery, signal: AbortSignal) => Promise<SearchOutcome>;
  /** Keeps what the site told in the catalogue. */
  readonly remember: (models: readonly Model[]) => Promise<void>;
  /** Where lock files are. */
  readonly folders: { readonly run: string };
  /** Words of the command that runs, for those who find a batch locked. */
  readonly command: string;
  /** IANA zone in which windows are meant. */
  readonly timeZone: () => string;
  readonly batchMeasures: BatchMeasures;
}
