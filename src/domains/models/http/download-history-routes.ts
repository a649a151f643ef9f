/** The history of downloads over HTTP. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';

export function downloadHistoryRoutes(models: Models): readonly RouteHandler[] {
  return [implement(contract.readDownloadStatistics, async ({ query }) => models.downloadHistory.statistics(query))];
}
