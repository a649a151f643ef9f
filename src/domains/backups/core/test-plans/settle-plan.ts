/** Moves a plan on when what was due has passed. A failure leaves it due. */

import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';
import type { WriteTransaction } from '#platform/unit-of-work';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { passedSince } from '../../store/drill-store.ts';
import { findPlan, savePlan } from '../../store/test-plan-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { Drill } from '../drills/drill-record.ts';
import { needsVault, testableCopies } from '../drills/testable-copies.ts';
import type { Job } from '../register/protected-job.ts';
import { addDays, countsFrom, nextDueAfter } from './calendar.ts';
import type { TestPlan } from './test-plan.ts';
import { testPassed } from './test-plan-events.ts';

export async function settlePlan(
  context: Pick<BackupsContext, 'clock' | 'zone'>,
  tx: WriteTransaction,
  { job, drill }: { readonly job: Job; readonly drill: Drill },
): Promise<void> {
  if (drill.result !== 'passed') return;
  const tables = tx.tables<BackupsTables>();
  const plan = await findPlan(tables, job.key, drill.kind);
  const today = dayIn(context.zone(), nowInstant(context.clock));
  if (plan?.active !== true || today < countsFrom(plan.dueOn, plan.frequency)) return;
  const passed = await passedSince(tables, { job: job.key, kind: drill.kind, since: plan.since });
  if (!isSettled(job, drill, passed)) return;
  const dueOn = nextDueAfter(plan.startsOn, plan.frequency, today > plan.dueOn ? today : plan.dueOn);
  const now = nowInstant(context.clock);
  await savePlan(tables, { ...plan, dueOn, since: sinceOf(plan, dueOn), passedAt: now, triedOn: null });
  const { id: planId, kind, assignee } = plan;
  const about = { job: job.key, title: job.title, planId, kind, dueOn: plan.dueOn, assignee };
  tx.publish(testPassed, { ...about, nextDueOn: dueOn });
}

/** The first moment whose passed tests count for that due day, in any zone. */
export function sinceOf({ frequency }: Pick<TestPlan, 'frequency'>, dueOn: string): string {
  return `${addDays(countsFrom(dueOn, frequency), -1)}T00:00:00.000Z`;
}

/** Somebody's test of the job as a whole counts; else every copy must have passed that is not kept away on purpose. */
function isSettled({ copies }: Job, { kind }: Drill, passed: ReadonlySet<string | null>): boolean {
  if (passed.has(null)) return true;
  // Not every copy claims to be locked, nor must each be held against the same source.
  if (needsVault(kind)) return passed.size > 0;
  const testable = testableCopies(copies, kind);
  return passed.size > 0 && testable.every(({ id, connectivity }) => connectivity === 'offline' || passed.has(id));
}
