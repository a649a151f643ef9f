/** Bundles of history over HTTP: the same lines as `kura models history-export`. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

/** About 100,000 downloads; larger ones go by the command line. */
const MOST_LETTERS = 64 * 1024 * 1024;
/** Each quote of a line takes two bytes in a JSON string. */
const BODY_BYTES = 96 * 1024 * 1024;

export const exportHistory = defineRoute({
  id: 'models.export-history',
  method: 'GET',
  path: '/api/v1/models/history/bundle',
  access: 'models:read',
  limit: 'reports',
  output: z.object({ fileName: z.string(), mediaType: z.string(), content: z.string() }),
});

const bundleTables = ['downloads', 'library_files', 'search_runs'] as const;
export const importedHistorySchema = z.object({
  tables: z
    .array(z.object({ table: z.enum(bundleTables), rows: z.number().int(), added: z.number().int() }))
    .readonly(),
  /** Not empty: nothing was imported. The first hundred. */
  faults: z.array(z.object({ code: z.string(), message: z.string() })).readonly(),
  faultCount: z.number().int(),
  /** Files of the bundle's library that this disk does not have. */
  missingFiles: z.number().int(),
});
export type ImportedHistoryView = z.output<typeof importedHistorySchema>;

/** All of it or, with faults, nothing; what is here already stays as it is. */
export const importHistory = defineRoute({
  id: 'models.import-history',
  method: 'POST',
  path: '/api/v1/models/history/bundle',
  access: 'models:write',
  limit: 'upload',
  body: z.strictObject({ content: z.string().min(1).max(MOST_LETTERS) }),
  bodyBytes: BODY_BYTES,
  output: importedHistorySchema,
  errors: ['models.bundle-unreadable', 'models.bundle-too-new'],
});
