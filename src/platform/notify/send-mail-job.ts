import { z } from 'zod';

import { defineJob } from '#platform/jobs';

/** About two hours of tries: half a minute apart at most, one, two … a quarter of an hour. */
export const sendMailJob = defineJob({
  name: 'notify.send-mail',
  payload: z.object({ id: z.string() }),
  maxAttempts: 12,
  retrySeconds: 30,
  concurrency: 2,
});
