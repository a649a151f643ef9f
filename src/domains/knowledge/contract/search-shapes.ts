/** What a search asks and answers. Safe for browsers. */
import { z } from 'zod';

import { entryStatusSchema, entryTypeSchema, tagSchema } from './entry-shapes.ts';

export const searchQuerySchema = z.strictObject({
  /** Words that must all occur, `"exactly this"`, `-not this`, `this OR that`; empty finds everything. */
  q: z.string().max(1000).default(''),
  type: z.array(entryTypeSchema).optional(),
  /** All of them. */
  tag: z.array(tagSchema).max(20).optional(),
  /** Default: everything that is not archived. */
  status: z.array(entryStatusSchema).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
  /** `any`: when nothing holds all words, texts that hold some of them. */
  match: z.enum(['all', 'any']).default('all'),
  facets: z.stringbool().default(false),
  /** Adds `parts` to each hit. */
  explain: z.stringbool().default(false),
});

/** UTF-16 offsets into the text beside it, end exclusive; sorted, not overlapping. */
const marksSchema = z.array(z.object({ start: z.number().int(), end: z.number().int() })).readonly();

export const searchHitSchema = z.object({
  id: z.string(),
  externalId: z.string().optional(),
  title: z.string(),
  titleMarks: marksSchema,
  type: entryTypeSchema,
  status: entryStatusSchema,
  tags: z.array(z.string()).readonly(),
  lang: z.string(),
  updatedAt: z.string(),
  /** Higher is better; comparable within one answer only. 0 without a query. */
  score: z.number(),
  /** Plain text out of the body. */
  snippet: z.string(),
  marks: marksSchema,
  /** What the score is made of; `explain` only. */
  parts: z
    .object({
      title: z.number(),
      tags: z.number(),
      body: z.number(),
      phrase: z.number(),
      proximity: z.number(),
      coverage: z.number(),
    })
    .optional(),
});
export type SearchHit = z.output<typeof searchHitSchema>;

const countSchema = z.object({ value: z.string(), count: z.number().int() });

export const searchAnswerSchema = z.object({
  /** Exact, of all pages. */
  total: z.number().int(),
  ms: z.number(),
  /**
   * How strictly: every piece as typed, every word somewhere, every word or another one for it, or some of the
   * words (questions and `match=any` only). `all` when the
   * query sets no condition.
   */
  matched: z.enum(['all', 'phrase', 'words', 'synonyms', 'fragments']),
  /** Words nobody ever wrote here, and what was searched instead; only when nothing was found as typed. */
  corrections: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
  /** Pieces of the query that could set no condition. */
  ignored: z.array(z.string()).readonly(),
  hits: z.array(searchHitSchema).readonly(),
  facets: z
    .object({
      /** Of the whole answer if no type were chosen. */
      types: z.array(countSchema).readonly(),
      /** The 20 most frequent of the answer. */
      tags: z.array(countSchema).readonly(),
    })
    .optional(),
});
export type SearchAnswer = z.output<typeof searchAnswerSchema>;
