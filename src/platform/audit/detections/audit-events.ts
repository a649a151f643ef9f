/** What others may hear of. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

export const securityDetected = defineEvent({
  name: 'security.detected',
  schema: z.object({
    detectionId: z.string(),
    rule: z.string(),
    severity: z.enum(['warning', 'error', 'critical']),
    about: z.string(),
    count: z.number(),
    at: z.string(),
    entryIds: z.array(z.string()),
  }),
});

export const auditEvents = { securityDetected } as const;
