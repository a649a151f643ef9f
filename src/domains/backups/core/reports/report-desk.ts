/** Reports of other programs: what this capability can do for others. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type {
  Adoption,
  AwaitedRuns,
  Claim,
  Expectation,
  Heartbeat,
  NewReport,
  ReporterView,
  ReportName,
} from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findExpectations, saveExpectation } from '../../store/missed-run-store.ts';
import { listNames } from '../../store/report-name-store.ts';
import { type FoundReport, findReport, listUnclaimed, type UnclaimedGroup } from '../../store/report-store.ts';
import { listReporters } from '../../store/reporter-store.ts';
import type { ReportsTables } from '../../store/reports-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { dueRuns } from '../missed-runs/due-runs.ts';
import { queueWatch } from '../missed-runs/queue-watch.ts';
import { watchRuns } from '../missed-runs/watch-runs.ts';
import { requireJob } from '../register/find-registered.ts';
import { nextTimes } from '../schedules/due-times.ts';
import { requireHolidays } from '../schedules/holidays.ts';
import { type Adopted, adoptReports } from './adopt-reports.ts';
import { type Assignment, assignReports, dismissReports, forgetName } from './inbox.ts';
import { createReportIntake } from './report-intake.ts';
import { type AnsweredReport, type Reporting, reportRun, reportRuns } from './report-runs.ts';
import { forgetReporter, noteHeartbeat } from './reporters.ts';

export interface ReportDesk {
  /** Durable when it answers. @throws KuraError `backups.report-conflict`, `-future`, `-backwards`, `-not-yours` */
  report(by: Reporting, report: NewReport): Promise<AnsweredReport>;
  /** One answer for each, in their order; a bad one keeps no other out. */
  reportMany(
    by: Reporting,
    reports: ReadonlyArray<Readonly<Record<string, unknown>>>,
  ): Promise<readonly AnsweredReport[]>;
  /** What was reported of a run. @throws KuraError `backups.report-not-found` */
  reportOf(runId: string): Promise<FoundReport>;
  unclaimed(limit: number): Promise<readonly UnclaimedGroup[]>;
  /** @throws KuraError `backups.job-not-found`, `-copy-not-found`, `-copy-not-reported`, `-nothing-unclaimed` */
  assign(actor: Actor, claim: Claim, to: { readonly job: string; readonly copy: string }): Promise<Assignment>;
  /** Registers what they are of. @throws KuraError `backups.nothing-unclaimed`, `-job-exists` */
  adopt(actor: Actor, adoption: Adoption): Promise<Adopted>;
  /** Returns how many. @throws KuraError `backups.nothing-unclaimed` */
  dismiss(actor: Actor, claim: Claim, always: boolean): Promise<number>;
  names(limit: number): Promise<readonly ReportName[]>;
  /** @throws KuraError `backups.name-unknown` */
  forgetName(actor: Actor, claim: Claim): Promise<void>;
  heartbeat(actor: Actor, beat: Heartbeat): Promise<ReporterView>;
  reporters(): Promise<readonly ReporterView[]>;
  /** @throws KuraError `backups.reporter-not-found` */
  forget(actor: Actor, reporter: string): Promise<void>;
  /** @throws KuraError `backups.job-not-found` */
  expectation(job: string): Promise<AwaitedRuns>;
  /** @throws KuraError `backups.job-not-found`, `schedule.bad-timing`, `backups.calendar-not-found` */
  expect(actor: Actor, job: string, wanted: Expectation): Promise<AwaitedRuns>;
  /** Tells of runs and reporters that are missed, and queues the next look. */
  watch(actor: Actor): Promise<void>;
}

/** Of a job that nothing was said about. */
const nothingSaid: Expectation = { cron: null, zone: 'UTC', graceMinutes: null, skipHolidays: null };

export function createReportDesk(context: BackupsContext): ReportDesk {
  const intake = createReportIntake(context);
  function reads() {
    return context.database.tables<ReportsTables>();
  }
  return {
    report: (by, report) => reportRun(intake, by, report),
    reportMany: (by, reports) => reportRuns(intake, by, reports),
    async reportOf(runId) {
      const found = await findReport(reads(), runId);
      if (found === undefined) throw new KuraError('not-found', 'backups.report-not-found', { params: { run: runId } });
      return found;
    },
    unclaimed: (limit) => listUnclaimed(reads(), limit),
    assign: (actor, claim, to) => assignReports(context, actor, claim, to),
    adopt: (actor, adoption) => adoptReports(context, actor, adoption),
    dismiss: (actor, claim, always) => dismissReports(context, actor, claim, always),
    names: async (limit) =>
      (await listNames(context.database.tables<BackupsTables>(), limit)).map((one) => ({
        ...one,
        copy: one.copy === '' ? null : one.copy,
      })),
    forgetName: (actor, claim) => forgetName(context, actor, claim),
    heartbeat: (actor, beat) => noteHeartbeat(context, actor, beat),
    reporters: () => listReporters(reads()),
    forget: (actor, reporter) => forgetReporter(context, actor, reporter),
    async expectation(key) {
      const job = await requireJob(context, key);
      return withAwaited(context, key, (await findExpectations(reads(), [job.key])).get(job.key) ?? nothingSaid);
    },
    expect: (actor, key, wanted) => expectRuns(context, actor, key, wanted),
    async watch(actor) {
      await watchRuns(context, actor);
      await queueWatch(context, actor);
    },
  };
}

async function expectRuns(
  context: BackupsContext,
  actor: Actor,
  key: string,
  wanted: Expectation,
): Promise<AwaitedRuns> {
  const job = await requireJob(context, key);
  const holidays = await requireHolidays(context.database.tables<BackupsTables>(), wanted.skipHolidays);
  // A pattern that cannot be read shows now.
  if (wanted.cron !== null) nextTimes({ cron: wanted.cron, zone: wanted.zone }, holidays, context.clock.now(), 1);
  await context.unitOfWork.write(actor, async (tx) => {
    await saveExpectation(tx.tables<ReportsTables>(), key, wanted);
    const subject = { kind: 'backup-job', id: key, name: job.title };
    await tx.audit({ action: 'backups.expect-runs', subject, result: 'done', after: { ...wanted } });
  });
  return withAwaited(context, key, wanted);
}

async function withAwaited(context: BackupsContext, key: string, said: Expectation): Promise<AwaitedRuns> {
  const due = await dueRuns(context.database.tables<BackupsTables>(), nowInstant(context.clock), [key]);
  return { ...said, awaited: due.map(({ copy, due: by }) => ({ copy: copy.name, by })) };
}
