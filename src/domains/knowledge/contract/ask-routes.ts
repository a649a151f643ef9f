/** A question in a sentence, answered with what stands in entries, word for word. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entryStatusSchema, entryTypeSchema } from './entry-shapes.ts';
import { answeredQuestionSchema } from './faq-routes.ts';
import { marksSchema } from './search-shapes.ts';

export const passageSchema = z.object({
  entry: z.object({
    id: z.string(),
    title: z.string(),
    type: entryTypeSchema,
    status: entryStatusSchema,
    lang: z.string(),
    updatedAt: z.string(),
    owner: z.string().nullable(),
  }),
  /** Of the section it stands in. */
  heading: z.string().nullable(),
  /** As it stands in the entry. */
  text: z.string(),
  /** Where in the entry's text, in UTF-16 units, end exclusive. */
  start: z.number().int(),
  end: z.number().int(),
  marks: marksSchema,
  /** From 0 to 1: how much of what was asked for stands there or in the entry's title. */
  coverage: z.number(),
});
export type Passage = z.output<typeof passageSchema>;

/** Words of the question by which a person has to see to it, and whom to turn to; a contact of null: nobody has said. */
const escalation = z.object({ words: z.array(z.string()).readonly(), contact: z.string().nullable() });
export const escalationSchema = escalation.nullable();
export type Escalation = z.output<typeof escalation>;

const answerSchema = z.object({
  /** False: no entry speaks of enough of what was asked. Nothing is made up then. */
  found: z.boolean(),
  /** Best first. */
  passages: z.array(passageSchema).readonly(),
  /** Questions with answers that were asked before and mean the same, best first; whether or not `found`. */
  faq: z.array(answeredQuestionSchema).readonly(),
  /** Entries that came nearest when nothing was found. */
  near: z.array(z.object({ id: z.string(), title: z.string() })).readonly(),
  escalation: escalationSchema,
  ms: z.number(),
});
export type KnowledgeAnswer = z.output<typeof answerSchema>;

export const askKnowledge = defineRoute({
  id: 'knowledge.ask',
  method: 'GET',
  path: '/api/v1/knowledge/answers',
  access: 'knowledge:read',
  query: z.strictObject({
    q: z.string().trim().min(1).max(1000),
    limit: z.coerce.number().int().min(1).max(10).default(3),
  }),
  output: answerSchema,
});
