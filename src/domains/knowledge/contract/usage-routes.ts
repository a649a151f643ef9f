/** How the knowledge base is used, what is missing in it, and its key figures: counted from events only. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entryTypeSchema, idParams, namedEntrySchema } from './entry-shapes.ts';

/** What a person can do with an entry on a page. */
export const useActions = ['view', 'click', 'copy', 'print', 'share'] as const;
export const useActionSchema = z.enum(useActions);
export type UseAction = z.output<typeof useActionSchema>;

/** Somebody used an entry on a page; who does not is noted nowhere, and authors reading their own do not count. */
export const noteUse = defineRoute({
  id: 'knowledge.note-use',
  method: 'POST',
  path: '/api/v1/knowledge/entries/:id/uses',
  access: 'knowledge:read',
  params: idParams,
  body: z.strictObject({
    action: useActionSchema,
    /** `searchId` of the answer that led here, and the place of the hit, from 1. */
    search: z.strictObject({ id: z.string().max(64), place: z.number().int().min(1).max(10_100) }).optional(),
  }),
  output: z.undefined(),
  status: 204,
  errors: ['knowledge.entry-not-found'],
});

const periodQuery = z.strictObject({
  /** The last so many days, today included, in UTC. */
  days: z.coerce.number().int().min(1).max(366).default(30),
});
const countSchema = z.number().int();

const figureSchema = z.object({
  id: z.enum([
    'searches',
    'found',
    'opened',
    'seconds-to-open',
    'views',
    'helpful',
    'days-to-close',
    'in-time',
    'new-entries',
    'incidents',
    'incidents-explained',
    'problems-solved',
  ]),
  /** Null: unknown, because nothing was counted it could be made of. */
  value: z.number().nullable(),
  unit: z.enum(['count', 'share', 'seconds', 'days']),
  /** Of how many events it was made. */
  of: countSchema,
  /** What was counted. */
  source: z.enum(['searches', 'uses', 'feedback', 'tasks', 'entries', 'links']),
  /** The same of as many days before; null: unknown, or it has no before. */
  before: z.number().nullable(),
});
export type KnowledgeFigure = z.output<typeof figureSchema>;

/** What is advised once a figure passes a limit; the limits stand in `core/usage/recommendations.ts`. */
export const recommendationSchema = z.object({
  id: z.enum([
    'many-incidents',
    'problems-unsolved',
    'incidents-unexplained',
    'searches-in-vain',
    'reviews-late',
    'tags-missing',
    'texts-short',
  ]),
  /** What was counted, a number or a share of `of`. */
  value: z.number(),
  unit: z.enum(['count', 'share']),
  /** What it passed. */
  limit: z.number(),
  of: countSchema,
});
export type KnowledgeRecommendation = z.output<typeof recommendationSchema>;

/** Of entries that are not archived, as they are now. */
const textsSchema = z.object({
  entries: countSchema,
  withoutTag: countSchema,
  /** How many have a text of so many characters; `to` is the last one, null: without end. */
  lengths: z.array(z.object({ from: countSchema, to: countSchema.nullable(), entries: countSchema })).readonly(),
  /** The most frequent tags, and how many there are altogether. */
  tags: z.object({
    total: countSchema,
    items: z.array(z.object({ tag: z.string(), entries: countSchema })).readonly(),
  }),
});
export type KnowledgeTexts = z.output<typeof textsSchema>;

const readEntrySchema = namedEntrySchema.extend({ views: countSchema, readers: countSchema });

const usageSchema = z.object({
  /** First and last day, as YYYY-MM-DD. */
  from: z.string(),
  to: z.string(),
  /** Whether uses are noted at all; see `knowledge.usageDays`. */
  noted: z.boolean(),
  figures: z.array(figureSchema).readonly(),
  /** Most viewed first. */
  popular: z.array(readEntrySchema).readonly(),
  /** Published before the period and viewed by nobody in it. */
  unread: z.object({ total: countSchema, items: z.array(namedEntrySchema).readonly() }),
  /** Days without anything are left out. */
  days: z
    .array(
      z.object({
        day: z.string(),
        searches: countSchema,
        /** Of these, those that found nothing. */
        withoutHit: countSchema,
        views: countSchema,
        /** New incidents. */
        incidents: countSchema,
      }),
    )
    .readonly(),
  texts: textsSchema,
  recommendations: z.array(recommendationSchema).readonly(),
});
export type KnowledgeUsage = z.output<typeof usageSchema>;

/** Figures are of entries the caller may see; searches are everybody's, without who searched. */
export const readUsage = defineRoute({
  id: 'knowledge.read-usage',
  method: 'GET',
  path: '/api/v1/knowledge/usage',
  access: 'knowledge:write',
  query: periodQuery,
  output: usageSchema,
});

const entryUsageSchema = z.object({
  /** First and last day, as YYYY-MM-DD, in UTC. */
  from: z.string(),
  to: z.string(),
  /** Whether uses are noted at all; see `knowledge.usageDays`. */
  noted: z.boolean(),
  /** For so many days they are kept; what is older is not in these numbers. */
  keptDays: countSchema,
  actions: z.object({
    view: countSchema,
    /** Opened out of a search. */
    click: countSchema,
    copy: countSchema,
    print: countSchema,
    share: countSchema,
  }),
  /** Different people who viewed it; who does in two months counts in each. */
  readers: countSchema,
  /** Days without a view are left out. */
  days: z.array(z.object({ day: z.string(), views: countSchema })).readonly(),
  /** Of as many days before; null: unknown, uses are not kept that long. */
  viewsBefore: countSchema.nullable(),
});
export type EntryUsage = z.output<typeof entryUsageSchema>;

/** How often an entry is used, and by how many; authors and programs are not counted. */
export const readEntryUsage = defineRoute({
  id: 'knowledge.read-entry-usage',
  method: 'GET',
  path: '/api/v1/knowledge/entries/:id/usage',
  access: 'knowledge:read',
  params: idParams,
  query: periodQuery,
  output: entryUsageSchema,
  errors: ['knowledge.entry-not-found'],
});

const searchedSchema = z.object({ query: z.string(), searches: countSchema, lastOn: z.string() });

const gapsSchema = z.object({
  from: z.string(),
  to: z.string(),
  noted: z.boolean(),
  /** Searched for and not found. */
  withoutHit: z.array(searchedSchema).readonly(),
  /** Found at least twice, and nothing of it was ever opened. */
  neverOpened: z.array(searchedSchema).readonly(),
  /** Entries of which more readers say that they do not help, or are wrong, than that they help. */
  doubted: z.array(namedEntrySchema.extend({ helpful: countSchema, against: countSchema })).readonly(),
  /** Entries whose review day has passed. */
  overdue: z.object({ total: countSchema, items: z.array(namedEntrySchema).readonly() }),
  /** Published entries by type, and how often they were viewed. */
  coverage: z.array(z.object({ type: entryTypeSchema, entries: countSchema, views: countSchema })).readonly(),
});
export type KnowledgeGaps = z.output<typeof gapsSchema>;

export const readGaps = defineRoute({
  id: 'knowledge.read-gaps',
  method: 'GET',
  path: '/api/v1/knowledge/gaps',
  access: 'knowledge:write',
  query: periodQuery,
  output: gapsSchema,
});

const recurrenceSchema = z.object({
  /** Words they share, the rarest first. */
  shared: z.array(z.string()).readonly(),
  /** Oldest first. */
  incidents: z.array(namedEntrySchema.extend({ createdAt: z.string() })).readonly(),
  /** A problem that one of them is already linked with. */
  problem: namedEntrySchema.nullable(),
});
export type Recurrence = z.output<typeof recurrenceSchema>;

/** Three or more incidents alike, of which not every one leads to a problem: worth looking for what causes them. */
export const listRecurrences = defineRoute({
  id: 'knowledge.list-recurrences',
  method: 'GET',
  path: '/api/v1/knowledge/recurrences',
  access: 'knowledge:write',
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(90) }),
  output: z.object({ items: z.array(recurrenceSchema).readonly() }),
});

/** A draft of a problem linked with all of these incidents. */
export const proposeProblem = defineRoute({
  id: 'knowledge.propose-problem',
  method: 'POST',
  path: '/api/v1/knowledge/recurrences/problem',
  access: 'knowledge:write',
  body: z.strictObject({ incidents: z.array(z.string().max(200)).min(2).max(100) }),
  output: namedEntrySchema,
  status: 201,
  errors: ['knowledge.entry-not-found', 'knowledge.link-ends'],
});
