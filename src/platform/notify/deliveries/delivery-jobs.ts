/** The two steps in which a notice leaves: what waits for a place becomes one message, and the message is handed over. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';

/** Makes one message of all that waits for the place by now. */
export const gatherJob = defineJob({
  name: 'notify.gather',
  payload: z.object({ target: z.string() }),
  concurrency: 1,
});

/** About two hours of tries, as for mails. */
export const sendMessageJob = defineJob({
  name: 'notify.send-message',
  payload: z.object({ batch: z.string(), channel: z.string() }),
  maxAttempts: 12,
  retrySeconds: 30,
  concurrency: 2,
});
