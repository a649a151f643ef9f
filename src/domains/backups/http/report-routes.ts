/** The contracts of reports, bound to their use cases. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import { actorOfCaller } from '#platform/unit-of-work';

import * as contract from '../contract/index.ts';
import { presentAnswer, presentDetail, presentUnclaimed } from '../core/reports/present-report.ts';
import type { Reporting } from '../core/reports/report-runs.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

export function reportRoutes(deps: BackupsRoutesDeps): readonly RouteHandler[] {
  return [...intakeRoutes(deps), ...inboxRoutes(deps), ...reporterRoutes(deps), ...expectationRoutes(deps)];
}

function intakeRoutes({ backups, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  const { reports } = backups;
  return [
    implement(contract.reportRun, async ({ body }, context) => {
      const answer = await reports.report(reportingOf(context), body);
      // New ones answer 201; what was known, 200; what waits for somebody, 202.
      const status = statusOf(answer.state);
      if (status !== undefined) context.reply.status?.(status);
      return presentAnswer(answer, translators[context.language]);
    }),
    implement(contract.reportRuns, async ({ body }, context) => {
      const answers = await reports.reportMany(reportingOf(context), body.reports);
      return { items: answers.map((answer) => presentAnswer(answer, translators[context.language])) };
    }),
    implement(contract.readReport, async ({ params: { runId } }) =>
      presentDetail(runId, await reports.reportOf(runId)),
    ),
  ];
}

function statusOf(state: contract.ReportState): number | undefined {
  if (state === 'unclaimed') return 202;
  return state === 'repeated' || state === 'ignored' ? 200 : undefined;
}

function inboxRoutes({ backups, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  const { reports } = backups;
  return [
    implement(contract.listUnclaimed, async ({ query: { limit } }, { language }) => ({
      items: (await reports.unclaimed(limit)).map((group) => presentUnclaimed(group, translators[language])),
    })),
    implement(contract.assignReports, ({ body: { toJob, toCopy, ...claim } }, context) =>
      reports.assign(actorOf(context, 'backups:run'), claim, { job: toJob, copy: toCopy }),
    ),
    implement(contract.adoptReports, ({ body }, context) => reports.adopt(actorOf(context, 'system:configure'), body)),
    implement(contract.listReportNames, async ({ query: { limit } }) => ({ items: [...(await reports.names(limit))] })),
    implement(contract.forgetReportName, async ({ body }, context) => {
      await reports.forgetName(actorOf(context, 'backups:run'), body);
      return undefined;
    }),
    implement(contract.dismissReports, async ({ body: { always, ...claim } }, context) => ({
      dismissed: await reports.dismiss(actorOf(context, 'backups:run'), claim, always),
    })),
  ];
}

function reporterRoutes({ backups: { reports } }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.noteHeartbeat, ({ body }, context) =>
      reports.heartbeat(actorOf(context, 'backups:report'), body),
    ),
    implement(contract.listReporters, async () => ({ items: [...(await reports.reporters())] })),
    implement(contract.forgetReporter, async ({ params: { reporter } }, context) => {
      await reports.forget(actorOf(context, 'backups:run'), reporter);
      return undefined;
    }),
  ];
}

function expectationRoutes({ backups: { reports } }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.readExpectation, ({ params: { key } }) => reports.expectation(key)),
    implement(contract.setExpectation, ({ params: { key }, body }, context) =>
      reports.expect(actorOf(context, 'backups:run'), key, body),
    ),
  ];
}

function reportingOf(context: RequestContext): Reporting {
  const caller = requirePermission('backups:report', context.caller);
  return { actor: actorOfCaller(caller, ''), boundTo: caller.boundTo ?? [] };
}
