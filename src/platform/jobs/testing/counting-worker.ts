/** A worker process for the kill test: counts upwards, reporting each number, until somebody ends it. */
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import { systemClock, systemRandom } from '#kernel/clock';
import { openDatabase } from '#platform/db';
import { createEmbeddedDelivery, createJobQueue, defineJob, handleJob, startJobWorkers } from '#platform/jobs';

export const countUp = defineJob({ name: 'kit.count-up', payload: z.object({}), leaseSeconds: 2 });
export const progressSchema = z.object({ count: z.number() });

if (import.meta.main) await main(process.argv[2] ?? '');

async function main(url: string): Promise<void> {
  const deps = { clock: systemClock, random: systemRandom };
  const database = await openDatabase({ url, ...deps });
  const queue = createJobQueue({ database, delivery: createEmbeddedDelivery(systemClock), ...deps });
  const count = handleJob(countUp, async ({ report, signal }) => {
    for (let count = 1; ; count += 1) {
      report({ count });
      await sleep(5, undefined, { signal });
    }
  });
  startJobWorkers({
    queue,
    handled: [count],
    ...deps,
    worker: 'child',
    reportError: (error) => process.emitWarning(String(error)),
  });
}
