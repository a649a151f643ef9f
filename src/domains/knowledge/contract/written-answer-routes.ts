/** An answer that a model wrote from passages that were found; only where the configuration names one. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { passageSchema } from './ask-routes.ts';
import { questionSchema } from './conversation-routes.ts';

const writerSchema = z.object({
  /** Null: there is none, which is the usual case. */
  writer: z
    .object({
      model: z.string(),
      /** Where passages are sent to. */
      host: z.string(),
      /** How often it may still be asked on this day (UTC). */
      left: z.number().int(),
    })
    .nullable(),
});

export const readAnswerWriter = defineRoute({
  id: 'knowledge.read-answer-writer',
  method: 'GET',
  path: '/api/v1/knowledge/answer-writer',
  access: 'knowledge:read',
  output: writerSchema,
});

const writtenAnswerSchema = z.object({
  model: z.string(),
  /** What the model wrote and passages hold; empty: nothing of it was. */
  sentences: z
    .array(
      z.object({
        text: z.string(),
        /** Places in `passages`, from 0. */
        passages: z.array(z.number().int()).readonly(),
      }),
    )
    .readonly(),
  /** Sentences left out because no passage they name holds them. */
  dropped: z.number().int(),
  /** What was sent, as it stands in entries. */
  passages: z.array(passageSchema).readonly(),
  /** Passages that were found but not sent, because not every reader may see their entry. */
  withheld: z.number().int(),
  /** Written for the same question from the same passages before. */
  cached: z.boolean(),
  ms: z.number(),
});
export type WrittenAnswer = z.output<typeof writtenAnswerSchema>;

/** Sends passages to the model that the configuration names. */
export const writeAnswer = defineRoute({
  id: 'knowledge.write-answer',
  method: 'POST',
  path: '/api/v1/knowledge/written-answers',
  access: 'knowledge:read',
  body: z.strictObject({ q: questionSchema, limit: z.number().int().min(1).max(10).default(5) }),
  output: writtenAnswerSchema,
  errors: [
    'knowledge.no-writer',
    'knowledge.nothing-to-write-from',
    'knowledge.writer-limit',
    'knowledge.writer-failed',
  ],
});
