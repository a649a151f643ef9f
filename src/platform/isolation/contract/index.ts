/** What web and command line may know of isolation. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

const aspectSchema = z.object({ aspect: z.string(), text: z.string() });

const isolationSchema = z.object({
  /** `bubblewrap`: a system of its own; `limited`: limits and an empty environment, nothing else. */
  level: z.enum(['bubblewrap', 'limited']),
  version: z.string().nullable(),
  /** Why it is not bubblewrap, and what to do. */
  reason: z.object({ code: z.string(), message: z.string(), advice: z.string() }).nullable(),
  /** One sentence on what that means here. */
  summary: z.string(),
  isolated: z.array(aspectSchema),
  open: z.array(aspectSchema),
  /** Whether programs that touch untrusted files run here. */
  isAllowed: z.boolean(),
});
export type IsolationView = z.output<typeof isolationSchema>;

export const readIsolation = defineRoute({
  id: 'system.isolation',
  method: 'GET',
  path: '/api/v1/system/isolation',
  access: 'system:read',
  output: isolationSchema,
});
