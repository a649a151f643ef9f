import { z } from 'zod';

import { runResults } from '#backups/contract';

/** What the address of the runs' page says. Anything odd in it is ignored, not an error. */
export const runSearchSchema = z.object({
  job: z.string().optional().catch(undefined),
  result: z.enum(runResults).optional().catch(undefined),
  /** A day, as the browser's field gives it. */
  since: z.iso.date().optional().catch(undefined),
});
export type RunSearch = z.output<typeof runSearchSchema>;
