import { z } from 'zod';

import { mostChosenEntries } from '#knowledge/contract';

/** The entries to print, as they stand in the address. */
export const printSearchSchema = z.object({
  id: z.array(z.string().min(1).max(300)).max(mostChosenEntries).catch([]),
});
