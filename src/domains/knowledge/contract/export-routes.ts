/** Entries to take along (K-064): what one may see or has chosen, as a table, lines of JSON or Markdown. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entryIdSchema, entryStatusSchema, entryTypeSchema, tagSchema } from './entry-shapes.ts';

/** Entries chosen by hand in one go. */
export const mostChosenEntries = 200;

/** What is left out takes nothing away. */
const chosenFields = {
  /** Those of them that there are and that the caller may see. */
  id: z.array(entryIdSchema).min(1).max(mostChosenEntries).optional(),
  type: z.array(entryTypeSchema).optional(),
  /** All of them. */
  tag: z.array(tagSchema).max(20).optional(),
  status: z.array(entryStatusSchema).optional(),
};

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
    ...chosenFields,
  }),
  output: exportedSchema,
});

const archiveSchema = z.object({
  name: z.string(),
  mediaType: z.string(),
  /** Base64. */
  content: z.string(),
  entries: z.number().int(),
  /** Attachments. */
  files: z.number().int(),
});
export type ExportedArchive = z.output<typeof archiveSchema>;

/** A Markdown file for each entry with its attachments, as `kura knowledge export` writes them; unpacked, an import takes them. */
export const exportArchive = defineRoute({
  id: 'knowledge.export-archive',
  method: 'GET',
  path: '/api/v1/knowledge/export/archive',
  access: 'knowledge:read',
  limit: 'reports',
  query: z.strictObject(chosenFields),
  output: archiveSchema,
  errors: ['knowledge.archive-too-large', 'knowledge.nothing-to-export', 'knowledge.attachment-damaged'],
});
