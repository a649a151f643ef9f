/** Plans as people make them, and what they show. */

import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import {
  type DrillKind,
  type PlannedTest,
  type SaveTestPlan,
  saveTestPlanSchema,
  type TestPlanView,
} from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findPlan, listPlans, savePlan } from '../../store/test-plan-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireJob } from '../register/find-registered.ts';
import { type Day, daysBetween, dueDays, nextDueAfter } from './calendar.ts';
import { recommendedPlans } from './recommended-plans.ts';
import { sinceOf } from './settle-plan.ts';
import { daysLate, standingOf, type TestPlan } from './test-plan.ts';

export interface TestPlans {
  /** One per job and kind: the same again changes it. @throws KuraError `backups.job-not-found`. */
  save(actor: Actor, place: PlanPlace, wanted: SaveTestPlan): Promise<TestPlanView>;
  /** Plans what suits the job's criticality, beside what is planned already. @throws KuraError `backups.job-not-found`. */
  recommend(actor: Actor, job: string): Promise<readonly TestPlanView[]>;
  /** @throws KuraError `backups.job-not-found`, `backups.test-plan-not-found`. */
  end(actor: Actor, place: PlanPlace): Promise<void>;
  /** The most urgent first. */
  list(job?: string): Promise<readonly TestPlanView[]>;
  /** @throws KuraError invalid `backups.calendar-too-long`. */
  calendar(from: Day, until: Day): Promise<readonly PlannedTest[]>;
}

export interface PlanPlace {
  readonly job: string;
  readonly kind: DrillKind;
}

const longestCalendarDays = 732;

export function createTestPlans(context: BackupsContext): TestPlans {
  function reads() {
    return context.database.tables<BackupsTables>();
  }
  return {
    save: (actor, place, wanted) => save(context, actor, place, wanted),
    recommend: (actor, job) => recommend(context, actor, job),
    end: (actor, place) => end(context, actor, place),
    async list(job) {
      const today = todayOf(context);
      const plans = await listPlans(reads(), job === undefined ? {} : { job });
      return plans.map((plan) => viewOf(plan, today)).toSorted((a, b) => Number(b.active) - Number(a.active));
    },
    async calendar(from, until) {
      if (daysBetween(from, until) > longestCalendarDays) {
        throw new KuraError('invalid', 'backups.calendar-too-long', { params: { days: longestCalendarDays } });
      }
      const plans = await listPlans(reads(), { activeOnly: true });
      const today = todayOf(context);
      return plans
        .flatMap((plan) => plannedDays(plan, { from, until, today }))
        .toSorted((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)));
    },
  };
}

export function todayOf({ zone, clock }: Pick<BackupsContext, 'zone' | 'clock'>): Day {
  return dayIn(zone(), nowInstant(clock));
}

async function save(
  context: BackupsContext,
  actor: Actor,
  { job: key, kind }: PlanPlace,
  { startsOn: wantedStart, ...wanted }: SaveTestPlan,
): Promise<TestPlanView> {
  const job = await requireJob(context, key);
  const today = todayOf(context);
  const plan = await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<BackupsTables>();
    const known = await findPlan(tables, key, kind);
    const startsOn = wantedStart ?? known?.startsOn ?? today;
    // A plan that keeps its rhythm keeps its due day: changing the assignee must not excuse an overdue test.
    const isSame = known?.active === true && known.startsOn === startsOn && known.frequency === wanted.frequency;
    const first = startsOn >= today ? startsOn : nextDueAfter(startsOn, wanted.frequency, today);
    const dueOn = isSame ? known.dueOn : first;
    const fresh = { triedOn: null, remindedFor: null, overdueToldOn: null };
    const saved: TestPlan = {
      passedAt: null,
      createdAt: nowInstant(context.clock),
      id: context.ids.next(),
      ...known,
      ...wanted,
      ...(isSame ? { ...fresh, remindedFor: known.remindedFor, overdueToldOn: known.overdueToldOn } : fresh),
      job: key,
      kind,
      startsOn,
      dueOn,
      since: sinceOf(wanted, dueOn),
      active: true,
    };
    await savePlan(tables, saved);
    const after = { kind, frequency: wanted.frequency, dueOn, automatic: wanted.automatic, assignee: wanted.assignee };
    await tx.audit({
      action: 'backups.save-test-plan',
      subject: { kind: 'backup-job', id: key, name: job.title },
      result: 'done',
      after,
    });
    return saved;
  });
  return viewOf(plan, today);
}

async function recommend(context: BackupsContext, actor: Actor, key: string): Promise<readonly TestPlanView[]> {
  const { criticality } = await requireJob(context, key);
  const planned = await listPlans(context.database.tables<BackupsTables>(), { job: key, activeOnly: true });
  const kinds = new Set(planned.map(({ kind }) => kind));
  const saved: TestPlanView[] = [];
  for (const { kind, frequency } of recommendedPlans(criticality)) {
    if (kinds.has(kind)) continue;
    const wanted = saveTestPlanSchema.parse({ frequency });
    saved.push(await save(context, actor, { job: key, kind }, wanted));
  }
  return saved;
}

async function end(context: BackupsContext, actor: Actor, { job: key, kind }: PlanPlace): Promise<void> {
  const job = await requireJob(context, key);
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<BackupsTables>();
    const plan = await findPlan(tables, key, kind);
    if (plan?.active !== true) {
      throw new KuraError('not-found', 'backups.test-plan-not-found', { params: { job: key, kind } });
    }
    await savePlan(tables, { ...plan, active: false });
    const subject = { kind: 'backup-job', id: key, name: job.title };
    await tx.audit({ action: 'backups.end-test-plan', subject, result: 'done', before: { kind } });
  });
}

function viewOf(plan: TestPlan, today: Day): TestPlanView {
  const {
    since: _since,
    triedOn: _tried,
    remindedFor: _reminded,
    overdueToldOn: _told,
    createdAt: _created,
    ...view
  } = plan;
  return { ...view, standing: standingOf(plan, today), daysLate: daysLate(plan, today) };
}

/** What is overdue is due today as well: it will not happen in the past any more. */
function plannedDays(
  plan: TestPlan,
  { from, until, today }: { readonly from: Day; readonly until: Day; readonly today: Day },
): readonly PlannedTest[] {
  const { id: planId, job, kind, assignee, automatic, startsOn, frequency, dueOn } = plan;
  return dueDays({ startsOn, frequency, first: dueOn }, from, until).map((on) => ({
    on,
    planId,
    job,
    kind,
    assignee,
    automatic,
    standing: standingOf({ dueOn: on, active: true }, today),
  }));
}
