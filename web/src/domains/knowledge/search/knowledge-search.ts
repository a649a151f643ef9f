import { z } from 'zod';

import { entryTypeSchema } from '#knowledge/contract';

/** The search as it stands in the address: what somebody sees can be sent to somebody else. */
export const knowledgeSearchSchema = z.object({
  q: z.string().max(1000).optional().catch(undefined),
  type: z.array(entryTypeSchema).optional().catch(undefined),
  tag: z.array(z.string()).optional().catch(undefined),
  offset: z.number().int().min(0).optional().catch(undefined),
});

export type KnowledgeSearch = z.output<typeof knowledgeSearchSchema>;

export const pageSize = 20;
