/** What an entry says, in a few of its own sentences. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entryStatusSchema, entryTypeSchema, idParams, severitySchema } from './entry-shapes.ts';

const lineSchema = z.object({
  /** Of the section it stands in; null: above the first heading. */
  heading: z.string().nullable(),
  /** A sentence of the text without its Markdown, at most 100 characters. */
  text: z.string(),
  /** The sentence goes on in the text. */
  isCut: z.boolean(),
  /** Where in the body the line begins that it was taken from, in UTF-16 units. */
  start: z.number().int(),
});
export type SummaryLine = z.output<typeof lineSchema>;

const linesSchema = z.array(lineSchema).readonly();

const summarySchema = z.object({
  /** `author`: the section that its author wrote as a summary; `sections`: sentences of the sections of its type; `beginning`: the first ones. */
  from: z.enum(['author', 'sections', 'beginning']),
  /** At most three. */
  lines: linesSchema,
  /** What everybody should know: what happened or changes, and whom it concerns. */
  plain: z.object({
    type: entryTypeSchema,
    status: entryStatusSchema,
    /** Null: nobody said. */
    severity: severitySchema.nullable(),
    lines: linesSchema,
  }),
  /** What who works on it should know: causes and steps, and what the text names. */
  technical: z.object({
    lines: linesSchema,
    tags: z.array(z.string()).readonly(),
    dates: z.array(z.string()).readonly(),
    addresses: z.array(z.string()).readonly(),
    codes: z.array(z.string()).readonly(),
  }),
});
export type TextSummary = z.output<typeof summarySchema>;

/** Taken out of the text, never written anew: what does not stand there is not said. */
export const readSummary = defineRoute({
  id: 'knowledge.read-summary',
  method: 'GET',
  path: '/api/v1/knowledge/entries/:id/summary',
  access: 'knowledge:read',
  params: idParams,
  output: summarySchema,
  errors: ['knowledge.entry-not-found'],
});
