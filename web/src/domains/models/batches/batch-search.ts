import { z } from 'zod';

import { modelSearchSchema } from '../search/model-search.ts';

export const batchOrigins = ['list', 'collection', 'search', 'where', 'creator', 'missing'] as const;
export type BatchOrigin = (typeof batchOrigins)[number];

/** What the form for a new download job begins with, as other pages hand it over in the address. */
export const batchSearchSchema = z.object({
  from: z.enum(batchOrigins).optional().catch(undefined),
  collection: z.uuid().optional().catch(undefined),
  search: modelSearchSchema.optional().catch(undefined),
});
export type BatchSearch = z.output<typeof batchSearchSchema>;
