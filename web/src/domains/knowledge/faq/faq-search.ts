import { z } from 'zod';

/** What is looked for, as it stands in the address. */
export const faqSearchSchema = z.object({
  q: z.string().max(1000).optional().catch(undefined),
  category: z.string().max(100).optional().catch(undefined),
});
