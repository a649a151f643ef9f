/** What was searched, when, and what came of it. Safe for browsers. */
import { z } from 'zod';

import { collectQuerySchema } from './collecting-shapes.ts';
import { reasonSchema } from './download-shapes.ts';
import { stageSchema } from './search-shapes.ts';

export const runKinds = ['search', 'collect', 'sweep', 'watch'] as const;
export const runKindSchema = z.enum(runKinds);
export type RunKind = (typeof runKinds)[number];

export const searchRunSchema = z.object({
  id: z.string(),
  kind: runKindSchema,
  query: collectQuerySchema,
  /** Models that passed every condition. */
  found: z.number().int(),
  stages: z.array(stageSchema).readonly(),
  /** Why it ended, in the words of search and collections. */
  stopped: z.string(),
  reason: reasonSchema.nullable(),
  /** SHA-256 over the ids of models and versions found; the same answer has the same. */
  resultHash: z.string(),
  startedAt: z.string(),
  ms: z.number().int(),
});
export type SearchRunView = z.output<typeof searchRunSchema>;
