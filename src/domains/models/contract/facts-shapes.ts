/** What a model file is by its own content. Safe for browsers. */
import { z } from 'zod';

import { reasonSchema } from './download-shapes.ts';

const judgementSchema = z.object({
  /** Of the vocabulary of kinds, or of the families of base models. */
  id: z.string(),
  /** 0–1 in hundredths. */
  confidence: z.number(),
  reasons: z.array(reasonSchema).readonly(),
});

/** Null and empty: the file does not tell. Nothing is guessed from its name or size. */
export const modelFactsSchema = z.object({
  tensors: z.number(),
  /** Elements of all tensors together. */
  parameters: z.number(),
  /** Elements by type, in the words of the format. */
  dtypes: z.record(z.string(), z.number()),
  /** `fp16`, `bf16`, `fp8`, `Q4_K_M`, …; `mixed` when no type makes up three quarters. */
  precision: z.string().nullable(),
  kind: judgementSchema.nullable(),
  /** Special cases of the kind that the tensors prove besides. */
  special: z.array(z.string()).readonly(),
  base: judgementSchema.nullable(),
  /** What people call the family of base models. */
  baseName: z.string().nullable(),
  variant: z.string().nullable(),
  rank: z.object({ least: z.number(), most: z.number(), usual: z.number() }).nullable(),
  alpha: z.number().nullable(),
  trainedWords: z.array(z.string()).readonly(),
  resolutions: z.array(z.string()).readonly(),
  /** Base models as the file itself names them. */
  statedBases: z.array(z.string()).readonly(),
  trainedOn: z.string().nullable(),
  mergeRecipe: z.string().nullable(),
  /** What else the file says about itself: `modelspec.…`, `general.…`, a few of `ss_…`. */
  notes: z.record(z.string(), z.string()),
  /** Where the site, or the file's own notes, say something else than the content. For information. */
  contradictions: z.array(reasonSchema).readonly(),
});
export type ModelFactsView = z.output<typeof modelFactsSchema>;
