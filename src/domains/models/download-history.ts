/** The history of downloads: counted, taken elsewhere, brought in. */
import type { Clock } from '#kernel/clock';
import type { Database } from '#platform/db';

import type { DownloadStatistics } from './contract/index.ts';
import { type DownloadHistoryFilter, downloadStatistics } from './core/history/download-history.ts';

export interface DownloadHistory {
  readonly statistics: (filter: DownloadHistoryFilter) => Promise<DownloadStatistics>;
}

export interface DownloadHistoryDeps {
  readonly database: Database;
  readonly clock: Clock;
}

export function createDownloadHistory(deps: DownloadHistoryDeps): DownloadHistory {
  return { statistics: async (filter) => downloadStatistics(deps, filter) };
}
