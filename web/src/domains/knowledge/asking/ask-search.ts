import { z } from 'zod';

/** The question as it stands in the address. */
export const askSearchSchema = z.object({ q: z.string().max(1000).optional().catch(undefined) });
