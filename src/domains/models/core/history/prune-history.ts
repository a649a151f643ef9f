/** Histories end: lines and collections nobody touched for long are forgotten once a day. */
import { z } from 'zod';

import { instant } from '#kernel/brands';
import { DAY } from '#kernel/units';
import { defineJob, type JobContext } from '#platform/jobs';
import { defineSchedule, type ScheduleDefinition } from '#platform/schedule';

import { pruneCollections } from '../../store/collection-store.ts';
import { pruneSearchRuns } from '../../store/history-store.ts';
import { systemActor } from '../actor.ts';
import type { CollectingDeps } from '../collecting/collecting-deps.ts';

export const pruneHistoryJob = defineJob({ name: 'models.prune-history', payload: z.object({}), maxAttempts: 3 });

export function pruneHistorySchedule(zone: string): ScheduleDefinition<Record<string, never>> {
  return defineSchedule({
    id: 'models.prune-history',
    job: pruneHistoryJob,
    payload: {},
    // A quiet minute that no other schedule is likely to have.
    timing: { kind: 'cron', cron: '17 4 * * *', zone },
  });
}

interface PrunedHistory {
  readonly runs: number;
  readonly collections: number;
}

async function pruneHistory(
  deps: Pick<CollectingDeps, 'unitOfWork' | 'clock'>,
  keepDays: number,
): Promise<PrunedHistory> {
  const before = instant(new Date(deps.clock.now() - keepDays * DAY));
  return deps.unitOfWork.write(systemActor, async (tx) => ({
    runs: await pruneSearchRuns(tx, before),
    collections: await pruneCollections(tx, before),
  }));
}

export async function runPruneJob(
  deps: Pick<CollectingDeps, 'unitOfWork' | 'clock'>,
  keepDays: number,
  { report }: Pick<JobContext<unknown>, 'report'>,
): Promise<void> {
  report(await pruneHistory(deps, keepDays));
}
