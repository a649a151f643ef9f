/** How downloads use connections, and what was decided about it on the way (M-220). Safe for browsers. */
import { z } from 'zod';

/**
 * `speed` opens all connections at once, `adaptive` begins with one and adds while they bring more, `efficiency` uses
 * few and leaves the processor alone, `minimal` uses one.
 */
export const downloadModes = ['adaptive', 'speed', 'efficiency', 'minimal'] as const;
export const downloadModeSchema = z.enum(downloadModes);
export type DownloadMode = z.output<typeof downloadModeSchema>;

/** As it is kept; the sentence is made when it is shown. */
export const keptDecisionSchema = z.object({
  at: z.string(),
  /** What was changed: connections of a file, or files at the same time. */
  what: z.enum(['connections', 'files']),
  /** The file, where a download job tells of one. */
  name: z.string().nullable(),
  host: z.string().nullable(),
  from: z.number().int(),
  to: z.number().int(),
  reason: z.string(),
  /** What usually came at that moment; null while that is not known. */
  bytesPerSecond: z.number().nullable(),
});
export type KeptDecision = Readonly<z.output<typeof keptDecisionSchema>>;

/** With why, in the caller's language. */
export const decisionSchema = keptDecisionSchema.extend({ message: z.string() });
export type DecisionView = z.output<typeof decisionSchema>;

/** So many of them are kept, the last ones. */
export const KEPT_DECISIONS = 20;
