import { z } from 'zod';

/** Where to go after logging in: a path of this site, never another one. */
export const loginSearchSchema = z.object({
  next: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
  /** The person was logged in until a moment ago. */
  ended: z.boolean().optional().catch(undefined),
});
