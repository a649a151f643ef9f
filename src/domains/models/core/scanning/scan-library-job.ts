/** The scan of the library as a job of the server, by time, and when the program has new rules. */
import { z } from 'zod';

import type { Transaction } from '#platform/db';
import { defineJob } from '#platform/jobs';
import type { Scheduler } from '#platform/schedule';

import { scanTriggers } from '../../contract/index.ts';
import { actorSchema } from '../actor.ts';
import { bySystem, everyDays } from '../library/every-days.ts';

/** Without an id the job makes its own scan, unless one is under way. */
export const scanLibraryJob = defineJob({
  name: 'models.scan-library',
  payload: z.object({ scanId: z.string().optional(), trigger: z.enum(scanTriggers), actor: actorSchema }),
  maxAttempts: 5,
  retrySeconds: 60,
});
export type ScanJobPayload = z.output<(typeof scanLibraryJob)['payload']>;

/** Nobody waits for it. */
export const SCAN_PRIORITY = -10;

/** @param days between two scans; 0: never by itself. */
export async function setUpScanSchedule(
  scheduler: Pick<Scheduler, 'upsert' | 'remove'>,
  tx: Transaction,
  days: number,
): Promise<void> {
  await everyDays(scheduler, tx, days, { job: scanLibraryJob, payload: { trigger: 'schedule', ...bySystem } });
}
