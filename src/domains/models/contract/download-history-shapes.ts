/** The history of downloads: what is asked of it, and what it adds up to. Safe for browsers. */
import { z } from 'zod';

import { downloadStatusSchema } from './download-shapes.ts';
import { sinceSchema } from './search-query.ts';

/** All that are given must hold. */
export const downloadFilterShape = {
  status: z.array(downloadStatusSchema).optional(),
  /** Types of models: `LORA`, `Checkpoint`, …. */
  type: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  /** Last changed then or later: a day, an instant, or a span back from now such as `30d`. */
  since: sinceSchema.optional(),
  /** Last changed before that; a day counts to its end. */
  until: sinceSchema.optional(),
  /** Part of the file's or the model's name, or of the reference, whatever its case. */
  text: z.string().trim().min(1).max(200).optional(),
};

const totalsShape = {
  files: z.number().int(),
  placed: z.number().int(),
  failed: z.number().int(),
  /** Length of what was placed. */
  bytes: z.number(),
  /** What came over the network for it, wasted bytes included. */
  networkBytes: z.number(),
  /** Of downloads that fetched something; null when there is none. */
  medianBytesPerSecond: z.number().nullable(),
};

export const downloadStatisticsSchema = z.object({
  total: z.object(totalsShape),
  byType: z.array(z.object({ type: z.string(), ...totalsShape })).readonly(),
  /** Why downloads failed or ended in quarantine, the most frequent reason first. */
  reasons: z.array(z.object({ code: z.string(), count: z.number().int() })).readonly(),
});
export type DownloadStatistics = z.output<typeof downloadStatisticsSchema>;
