/** What the hour brings: tests that are due are begun, told, or told to be late; tickets past their time are told. */
import { nowInstant } from '#kernel/clock';
import type { Actor } from '#platform/unit-of-work';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs } from '../../store/register-store.ts';
import { listPlans, markTold, markTried } from '../../store/test-plan-store.ts';
import { markOverdueTold, openTickets } from '../../store/ticket-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { goalsOf } from '../drills/job-goals.ts';
import { startDrills } from '../drills/start-drills.ts';
import { isPaused, type Job } from '../register/protected-job.ts';
import { toldOf } from '../tickets/open-ticket.ts';
import { ticketOverdue } from '../tickets/ticket-events.ts';
import { addDays, type Day, daysBetween } from './calendar.ts';
import { daysLate, reminderDays, type TestPlan } from './test-plan.ts';
import { testDue, testOverdue } from './test-plan-events.ts';
import { todayOf } from './test-plans.ts';

export async function watchTests(context: BackupsContext, actor: Actor): Promise<void> {
  const today = todayOf(context);
  const reads = context.database.tables<BackupsTables>();
  const plans = await listPlans(reads, { activeOnly: true, dueUntil: addDays(today, reminderDays) });
  const keys = [...new Set(plans.map(({ job }) => job))];
  const jobs = new Map((await findJobs(context.database.tables<BackupsTables>(), keys)).map((job) => [job.key, job]));
  for (const plan of plans) {
    const job = jobs.get(plan.job);
    if (job === undefined || job.archivedAt !== null || isPaused(job, context.clock.now())) continue;
    await tellPlan(context, actor, { plan, job, today });
    if (plan.automatic && plan.dueOn <= today && plan.triedOn !== today)
      await begin(context, actor, { plan, job, today });
  }
  await tellLateTickets(context, actor);
}

interface PlanToday {
  readonly plan: TestPlan;
  readonly job: Job;
  readonly today: Day;
}

async function tellPlan(context: BackupsContext, actor: Actor, { plan, job, today }: PlanToday): Promise<void> {
  const late = daysLate(plan, today);
  const { id: planId, kind, dueOn, assignee, remindedFor, overdueToldOn } = plan;
  const about = { job: job.key, title: job.title, planId, kind, dueOn, assignee };
  const isNewlyDue = late <= 0 && remindedFor !== dueOn;
  const isLate =
    late > 0 && (overdueToldOn === null || overdueToldOn <= dueOn || daysBetween(overdueToldOn, today) >= 7);
  if (!isNewlyDue && !isLate) return;
  await context.unitOfWork.write(actor, async (tx) => {
    await markTold(tx.tables<BackupsTables>(), planId, isLate ? { overdue_told_on: today } : { reminded_for: dueOn });
    if (isLate) tx.publish(testOverdue, { ...about, daysLate: late });
    else tx.publish(testDue, { ...about, daysLeft: -late });
  });
}

/** Once a day: a copy that could not be reached in the night may be there at noon, a damaged one stays damaged. */
async function begin(context: BackupsContext, actor: Actor, { plan, job, today }: PlanToday): Promise<void> {
  const goals = goalsOf(job);
  await startDrills(context, actor, {
    job,
    kind: plan.kind,
    planId: plan.id,
    options: {
      files: plan.files,
      checks: plan.checks,
      rtoTargetSeconds: plan.rtoSeconds ?? goals.rtoTargetSeconds,
      rpoTargetSeconds: plan.rpoSeconds ?? goals.rpoTargetSeconds,
    },
    onStarted: (tx) => markTried(tx.tables<BackupsTables>(), plan.id, today),
  });
}

async function tellLateTickets(context: BackupsContext, actor: Actor): Promise<void> {
  const now = nowInstant(context.clock);
  const tickets = await openTickets(context.database.tables<BackupsTables>());
  const late = tickets.filter(({ dueAt, overdueToldAt }) => dueAt < now && overdueToldAt === null);
  if (late.length === 0) return;
  const keys = [...new Set(late.map(({ job }) => job))];
  const jobs = await findJobs(context.database.tables<BackupsTables>(), keys);
  const titles = new Map(jobs.map(({ key, title }) => [key, title]));
  await context.unitOfWork.write(actor, async (tx) => {
    for (const ticket of late) {
      if (!(await markOverdueTold(tx.tables<BackupsTables>(), ticket.id, now))) continue;
      tx.publish(ticketOverdue, { ...toldOf(ticket), title: titles.get(ticket.job) ?? ticket.job });
    }
  });
}
