/** The scan of the library as a job of the server, by time, and when the program has new rules. */
import { z } from 'zod';

import { DAY } from '#kernel/units';
import type { Transaction } from '#platform/db';
import { defineJob } from '#platform/jobs';
import { defineSchedule, type Scheduler } from '#platform/schedule';

import { scanTriggers } from '../../contract/index.ts';
import { systemActor } from '../actor.ts';

const actorSchema = z.object({ kind: z.enum(['user', 'system', 'cli', 'job']), id: z.string(), name: z.string() });

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

const ID = 'models.scan-library';

/** @param days between two scans; 0: never by itself. */
export async function setUpScanSchedule(
  scheduler: Pick<Scheduler, 'upsert' | 'remove'>,
  tx: Transaction,
  days: number,
): Promise<void> {
  if (days === 0) {
    await scheduler.remove(tx, ID);
    return;
  }
  const { kind, id, name } = systemActor;
  await scheduler.upsert(
    tx,
    defineSchedule({
      id: ID,
      job: scanLibraryJob,
      payload: { trigger: 'schedule', actor: { kind, id, name } },
      timing: { kind: 'interval', everyMs: days * DAY },
    }),
  );
}
