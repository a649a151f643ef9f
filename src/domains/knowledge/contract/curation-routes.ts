/** What is to be done for the knowledge base, told once a week and kept (K-113). Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { namedEntrySchema } from './entry-shapes.ts';
import { recommendationSchema } from './usage-routes.ts';

const countSchema = z.number().int();
const someSchema = z.object({
  total: countSchema,
  /** The first of them that are still there. */
  items: z.array(namedEntrySchema).readonly(),
});

const curationSchema = z.object({
  id: z.string(),
  madeAt: z.string(),
  madeBy: z.string(),
  /** The week it looks back on: first and last day, in UTC. */
  from: z.string(),
  to: z.string(),
  /** Published entries whose review day has passed, as many as there were. */
  overdue: someSchema,
  /** Waiting for a review before they are published. */
  review: someSchema,
  /** Published before the week and read by nobody in it; of no meaning where uses are not noted. */
  unread: someSchema,
  /** More readers against than for it. */
  doubted: someSchema,
  tasks: z.object({ open: countSchema, late: countSchema }),
  /** Pairs nobody has judged. */
  duplicates: countSchema,
  /** Groups of incidents alike, of 90 days, that no problem explains. */
  recurrences: countSchema,
  /** Searched for in the week and not found, the most frequent first. */
  withoutHit: z.array(z.object({ query: z.string(), searches: countSchema })).readonly(),
  recommendations: z.array(recommendationSchema).readonly(),
});
export type CurationReport = z.output<typeof curationSchema>;

/** The newest first; they cover every entry, so only who manages the knowledge base reads them. */
export const listCurationReports = defineRoute({
  id: 'knowledge.list-curation-reports',
  method: 'GET',
  path: '/api/v1/knowledge/curation-reports',
  access: 'knowledge:manage',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(52).default(10) }),
  output: z.object({ items: z.array(curationSchema).readonly() }),
});

/** One now, besides that of the week; nobody is mailed. */
export const makeCurationReport = defineRoute({
  id: 'knowledge.make-curation-report',
  method: 'POST',
  path: '/api/v1/knowledge/curation-reports',
  access: 'knowledge:manage',
  output: curationSchema,
  status: 201,
});
