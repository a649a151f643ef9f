/** Newer versions of what the library holds (M-071). Safe for browsers. */
import { z } from 'zod';

/**
 * `current`: nothing newer is published; `newer`: there is; `archived`, `taken-down`: the site says so; `removed`: the
 * site does not know the model any more; `unknown`: the site could not be asked.
 */
export const upstreamStates = ['current', 'newer', 'archived', 'taken-down', 'removed', 'unknown'] as const;
export const upstreamStateSchema = z.enum(upstreamStates);
export type UpstreamState = z.output<typeof upstreamStateSchema>;

export const newerVersionSchema = z.object({
  versionId: z.number().int(),
  name: z.string(),
  baseModel: z.string().nullable(),
  /** Whether it is for a base model that an installed version is for; others add to it rather than replace it. */
  sameBase: z.boolean(),
  publishedAt: z.string().nullable(),
  /** Of the file that `get` would take; null when the site does not say. */
  sizeBytes: z.number().int().nullable(),
  /** Closed to people without a grant, today. */
  gated: z.boolean(),
  /** What the creator writes about it, as plain text, shortened. */
  about: z.string(),
});
export type NewerVersion = z.output<typeof newerVersionSchema>;

export const modelUpdatesSchema = z.object({
  modelId: z.number().int(),
  name: z.string(),
  state: upstreamStateSchema,
  installed: z
    .array(
      z.object({
        versionId: z.number().int(),
        libraryId: z.string(),
        file: z.string(),
        baseModel: z.string().nullable(),
      }),
    )
    .readonly(),
  /** Latest first; what was published after the newest installed version and is not installed. */
  newer: z.array(newerVersionSchema).readonly(),
  /** With `unknown`: why. */
  reason: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type ModelUpdates = z.output<typeof modelUpdatesSchema>;
