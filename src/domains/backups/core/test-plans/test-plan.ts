/** A plan as it is remembered, and how it stands on a day. */
import type { PlanStanding, TestPlanView } from '../../contract/index.ts';
import { type Day, daysBetween } from './calendar.ts';

export interface TestPlan extends Omit<TestPlanView, 'standing' | 'daysLate'> {
  /** From when on a passed test counts for the present due day. */
  readonly since: string;
  /** Day of the last attempt by Kura, so that a failing test is tried once a day. */
  readonly triedOn: Day | null;
  /** The due day that was told, and the day on which it was last told to be overdue. */
  readonly remindedFor: Day | null;
  readonly overdueToldOn: Day | null;
  readonly createdAt: string;
}

/** Days before it is due on which it is told. */
export const reminderDays = 7;

export function daysLate({ dueOn }: Pick<TestPlan, 'dueOn'>, today: Day): number {
  return daysBetween(dueOn, today);
}

export function standingOf(plan: Pick<TestPlan, 'dueOn' | 'active'>, today: Day): PlanStanding {
  const late = daysLate(plan, today);
  if (!plan.active) return 'inactive';
  if (late > 0) return 'overdue';
  if (late === 0) return 'due';
  return late >= -reminderDays ? 'due-soon' : 'fine';
}
