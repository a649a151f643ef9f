import { z } from 'zod';

import { categories, licencePermissions, searchPeriods, searchSorts, sinceSchema } from '#models/contract';

const words = z.array(z.string()).optional().catch(undefined);
const count = z.number().int().min(0).optional().catch(undefined);

/** The search as it stands in the address: what somebody sees can be sent to somebody else. */
export const modelSearchSchema = z.object({
  query: z.string().max(500).optional().catch(undefined),
  type: words,
  base: words,
  tag: words,
  anyTag: words,
  notTag: words,
  category: z.array(z.enum(categories)).optional().catch(undefined),
  format: words,
  creator: z.string().max(200).optional().catch(undefined),
  license: z.array(z.enum(licencePermissions)).optional().catch(undefined),
  sort: z.enum(searchSorts).optional().catch(undefined),
  period: z.enum(searchPeriods).optional().catch(undefined),
  nsfw: z.enum(['sfw', 'all']).optional().catch(undefined),
  since: sinceSchema.optional().catch(undefined),
  minDownloads: count,
  minLikes: count,
  maxSizeBytes: count,
  access: z.enum(['open', 'early']).optional().catch(undefined),
  checkpointType: z.enum(['Trained', 'Merge']).optional().catch(undefined),
  source: z.enum(['site', 'catalogue']).optional().catch(undefined),
});

export type ModelSearch = z.output<typeof modelSearchSchema>;
