import { z } from 'zod';

import { entryTypeSchema, searchOrders } from '#knowledge/contract';

/** The search as it stands in the address: what somebody sees can be sent to somebody else. */
export const knowledgeSearchSchema = z.object({
  q: z.string().max(1000).optional().catch(undefined),
  type: z.array(entryTypeSchema).optional().catch(undefined),
  tag: z.array(z.string()).optional().catch(undefined),
  /** Conditions of the query language chosen from the facets: `author:x`, `updated:2026`. */
  where: z.array(z.string().max(200)).max(10).optional().catch(undefined),
  sort: z.enum(searchOrders).optional().catch(undefined),
  offset: z.number().int().min(0).optional().catch(undefined),
});

export type KnowledgeSearch = z.output<typeof knowledgeSearchSchema>;

const longestQuery = 1000;

/** What is typed, and what was chosen beside it, as one query. */
export function wholeQuery({ q = '', where = [] }: KnowledgeSearch): string {
  return [q, ...where].join(' ').trim().slice(0, longestQuery);
}

export const pageSize = 20;
