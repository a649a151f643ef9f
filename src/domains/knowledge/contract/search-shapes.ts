/** What a search asks and answers. Safe for browsers. */
import { z } from 'zod';

import { entryStatusSchema, entryTypeSchema, severitySchema, tagSchema } from './entry-shapes.ts';

/**
 * By what is found put in order. `relevance`: without words, last changed first. `severity`: the most severe first, without
 * one last. Equal ones by type and severity: last changed first.
 */
export const searchOrders = ['relevance', 'updated', 'created', 'title', 'type', 'severity'] as const;
export type SearchOrder = (typeof searchOrders)[number];

export const searchQuerySchema = z.strictObject({
  /**
   * Words that must all occur, `"exactly this"`, `-not this`, `this OR that`, `(groups)`, `title:`, `type:`, `tag:`,
   * `status:`, `author:`, `owner:`, `severity:`, `created:`, `updated:`; empty finds everything. What cannot be understood is text.
   */
  /** Pasted logs are taken, too; read is as much as `parseQuery` takes, and the rest is told as ignored. */
  q: z.string().max(4000).default(''),
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
  sort: z.enum(searchOrders).default('relevance'),
  /** Somebody is still typing: not noted when nothing is found. */
  typing: z.stringbool().default(false),
  /** Adds `parts` to each hit. */
  explain: z.stringbool().default(false),
});

/** UTF-16 offsets into the text beside it, end exclusive; sorted, not overlapping. */
export const marksSchema = z.array(z.object({ start: z.number().int(), end: z.number().int() })).readonly();

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
  /** Who wrote it first. */
  author: z.string(),
  /** Who keeps it true. */
  owner: z.string().optional(),
  severity: severitySchema.optional(),
  /** Plain text out of the body. */
  snippet: z.string(),
  /** Where in the body it begins, in UTF-16 units. */
  snippetAt: z.number().int(),
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

/**
 * How strictly: every piece as typed, every word somewhere, every word or another one for it, or some of the words
 * (questions and `match=any` only). `all` when the query holds no words.
 */
const matchedSchema = z.enum(['all', 'phrase', 'words', 'synonyms', 'fragments']);

/** A field there is none of, a value it cannot have, a quotation or group without an end, a sign with nothing to join. */
export const literalReasons = [
  'unknown-field',
  'unreadable-value',
  'unclosed-quote',
  'unclosed-group',
  'nothing-to-join',
  'too-deep',
] as const;

export const searchAnswerSchema = z.object({
  /** To say later which search an opened entry was found by; only for people at a page, and while uses are noted. */
  searchId: z.string().optional(),
  /** Exact, of all pages. */
  total: z.number().int(),
  ms: z.number(),
  matched: matchedSchema,
  /** Words nobody ever wrote here, and what was searched instead; only when nothing was found as typed. */
  corrections: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
  /** Pieces of the query that could set no condition. */
  ignored: z.array(z.string()).readonly(),
  /** What looked like a sign of the query language and was taken for text, and why. */
  literal: z.array(z.object({ text: z.string(), reason: z.enum(literalReasons) })).readonly(),
  /** The readings that were tried, in order, and how many entries each found. */
  tried: z.array(z.object({ matched: matchedSchema, total: z.number().int() })).readonly(),
  /** When nothing was found: how many entries hold each of the words. */
  words: z.array(z.object({ word: z.string(), entries: z.number().int() })).readonly(),
  hits: z.array(searchHitSchema).readonly(),
  /** Counts of the answer; of types, as if none were chosen. */
  facets: z
    .object({
      types: z.array(countSchema).readonly(),
      statuses: z.array(countSchema).readonly(),
      /** The 20 most frequent. */
      tags: z.array(countSchema).readonly(),
      /** The 20 most frequent. */
      authors: z.array(countSchema).readonly(),
      /** The 20 most frequent; entries without one are counted nowhere, here and below. */
      owners: z.array(countSchema).readonly(),
      /** The most severe first. */
      severities: z.array(countSchema).readonly(),
      /** Of the last change, newest first. */
      years: z.array(countSchema).readonly(),
    })
    .optional(),
});
export type SearchAnswer = z.output<typeof searchAnswerSchema>;
