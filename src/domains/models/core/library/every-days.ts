/** What is done with the whole library every so many days, or never by itself. */
import { DAY } from '#kernel/units';
import type { Transaction } from '#platform/db';
import type { JobKind } from '#platform/jobs';
import { defineSchedule, type Scheduler } from '#platform/schedule';

import { systemActor } from '../actor.ts';

const { kind, id, name } = systemActor;
/** Who it is done by, as payloads of jobs carry it. */
export const bySystem = { actor: { kind, id, name } };

/** The schedule has the name of its job. @param days between two runs; 0 removes it. */
export async function everyDays<Payload>(
  scheduler: Pick<Scheduler, 'upsert' | 'remove'>,
  tx: Transaction,
  days: number,
  what: { readonly job: JobKind<Payload>; readonly payload: Payload },
): Promise<void> {
  if (days === 0) {
    await scheduler.remove(tx, what.job.name);
    return;
  }
  const timing = { kind: 'interval', everyMs: days * DAY } as const;
  await scheduler.upsert(tx, defineSchedule({ id: what.job.name, ...what, timing }));
}
