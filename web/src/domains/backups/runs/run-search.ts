import { z } from 'zod';

/** What the address of the runs' page says. Anything odd in it is ignored, not an error. */
export const runSearchSchema = z.object({ job: z.string().optional().catch(undefined) });
