/** What time does to alerts. */
import { z } from 'zod';

import { defineJob, type JobKind } from '#platform/jobs';

/** A nap is over, or nobody took the alert on in time. */
export const lookAgainJob = defineJob({
  name: 'alerts.look-again',
  payload: z.object({ alertId: z.string() }),
  concurrency: 2,
});

export const tidyAlertsJob = defineJob({ name: 'alerts.tidy', payload: z.object({}), maxAttempts: 3 });

export const alertsJobs: readonly JobKind[] = [lookAgainJob, tidyAlertsJob];
