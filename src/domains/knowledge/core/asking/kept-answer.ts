/** What is kept of an answer: where it stands, not what it says, so that what is removed or hidden is gone here as well. */
import { z } from 'zod';

export const keptAnswerSchema = z.object({
  /** The earlier question it was understood with. */
  together: z.string().nullable(),
  found: z.boolean(),
  passages: z.array(
    z.object({
      entry: z.string(),
      /** Of the entry; another one may say something else at the same place. */
      version: z.number().int(),
      heading: z.string().nullable(),
      start: z.number().int(),
      end: z.number().int(),
      coverage: z.number(),
    }),
  ),
  /** Ids, as the next. */
  faq: z.array(z.string()),
  near: z.array(z.string()),
});
export type KeptAnswer = z.output<typeof keptAnswerSchema>;
