/** Entries to take along, as a table or as lines of JSON. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entryTypeSchema } from './entry-shapes.ts';

const exportedSchema = z.object({
  mediaType: z.string(),
  /** This page of the file; pages joined in their order are the file. */
  content: z.string(),
  entries: z.number().int(),
  /** For `after`; null: that was the last page. */
  next: z.number().int().nullable(),
});
export type ExportedRecords = z.output<typeof exportedSchema>;

/** What the caller may see, in order of creation; formulas in cells are made harmless, and an import undoes that. */
export const exportEntries = defineRoute({
  id: 'knowledge.export-entries',
  method: 'GET',
  path: '/api/v1/knowledge/export',
  access: 'knowledge:read',
  query: z.strictObject({
    format: z.enum(['csv', 'jsonl']).default('csv'),
    after: z.coerce.number().int().min(0).optional(),
    type: z.array(entryTypeSchema).optional(),
  }),
  output: exportedSchema,
});
