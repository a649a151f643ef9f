/** Routes of the history of downloads. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { downloadFilterShape, downloadStatisticsSchema } from './download-history-shapes.ts';

export const readDownloadStatistics = defineRoute({
  id: 'models.download-statistics',
  method: 'GET',
  path: '/api/v1/models/downloads/statistics',
  access: 'models:read',
  query: z.strictObject(downloadFilterShape),
  output: downloadStatisticsSchema,
});
