/** Entries and a folder under git, kept the same (K-057). Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

/** Code of a message, with what it needs. */
const reasonSchema = z.object({ code: z.string(), params: z.record(z.string(), z.string()) });

const syncRowSchema = z.object({
  /** Seen from the folder. */
  file: z.string(),
  id: z.string().nullable(),
  title: z.string().nullable(),
  /**
   * `write`, `erase`: done in the folder; `read`, `remove`: done here. `clash`: both changed, so neither was touched.
   * `left`: it could not be done, for the reason given.
   */
  action: z.enum(['write', 'erase', 'read', 'remove', 'clash', 'left']),
  reason: reasonSchema.optional(),
});
export type SyncRow = z.output<typeof syncRowSchema>;

const syncReportSchema = z.object({
  folder: z.string(),
  rows: z.array(syncRowSchema).readonly(),
  /** Entries and files that agreed. */
  unchanged: z.number().int(),
  committed: z.boolean(),
  /** False where the branch follows none. */
  pushed: z.boolean(),
});
export type SyncReport = z.output<typeof syncReportSchema>;

/** With reasons as the caller reads them. */
const toldSyncReportSchema = syncReportSchema.extend({
  rows: z.array(syncRowSchema.extend({ reason: reasonSchema.extend({ text: z.string() }).optional() })).readonly(),
});
export type ToldSyncReport = z.output<typeof toldSyncReportSchema>;

export const preferredSideSchema = z.enum(['kura', 'folder']);

/** With the folder that the settings name. */
export const syncKnowledge = defineRoute({
  id: 'knowledge.sync',
  method: 'POST',
  path: '/api/v1/knowledge/syncs',
  access: 'knowledge:manage',
  /** `prefer`: which side counts where both changed. */
  body: z.strictObject({ prefer: preferredSideSchema.optional() }),
  output: toldSyncReportSchema,
  errors: [
    'knowledge.sync-nowhere',
    'git.not-installed',
    'git.no-repository',
    'git.diverged',
    'git.failed',
    'files.locked',
  ],
});
