import { z } from 'zod';

/** What the list of users is narrowed to, as it stands in the address. */
export const userSearchSchema = z.object({
  search: z.string().max(100).optional().catch(undefined),
  role: z.string().max(40).optional().catch(undefined),
  active: z.enum(['true', 'false']).optional().catch(undefined),
});
export type UserSearch = z.output<typeof userSearchSchema>;
