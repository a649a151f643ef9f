/** The contracts of drills, plans, tickets and canary files, bound to their use cases. */
import { KuraError } from '#kernel/errors';
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { presentDrill, presentDrillWithHistory } from '../core/drills/present-drill.ts';
import { presentTicket, presentTicketHistory } from '../core/tickets/present-ticket.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

type Deps = Pick<BackupsRoutesDeps, 'backups' | 'translators'>;

export function proofRoutes(deps: Deps): readonly RouteHandler[] {
  return [
    ...drillRoutes(deps),
    ...recordRoutes(deps),
    ...testPlanRoutes(deps),
    ...ticketRoutes(deps),
    ...canaryRoutes(deps),
  ];
}

function drillRoutes({ backups, translators }: Deps): readonly RouteHandler[] {
  const { drills } = backups.proof;
  return [
    implement(contract.startDrill, async ({ params, body }, context) => {
      requireCommandRight(body.checks, context);
      const started = await drills.start(actorOf(context, 'backups:run'), params.key, body);
      return { job: params.key, drills: [...started] };
    }),
    implement(contract.listDrills, async ({ query: { cursor, ...query } }, { language }) => {
      const { items, totals } = await drills.list({ ...query, before: cursor });
      const last = items.length === query.limit ? items.at(-1) : undefined;
      return {
        items: items.map((drill) => presentDrill(drill, translators[language])),
        totals,
        ...(last === undefined ? {} : { nextCursor: last.position }),
      };
    }),
    implement(contract.readDrill, async ({ params }, { language }) =>
      presentDrillWithHistory(await drills.read(params.id), translators[language]),
    ),
    implement(contract.exportDrill, ({ params, query }) => drills.signed(params.id, query.revision)),
    implement(contract.listCoverage, async () => ({ items: [...(await drills.coverage())] })),
  ];
}

function recordRoutes({ backups, translators }: Deps): readonly RouteHandler[] {
  const { drills } = backups.proof;
  return [
    implement(contract.recordDrill, async ({ params, body }, context) => {
      const recorded = await drills.record(actorOf(context, 'backups:run'), params.key, body);
      return presentDrillWithHistory(recorded, translators[context.language]);
    }),
    implement(contract.amendDrill, async ({ params, body }, context) => {
      const amended = await drills.amend(actorOf(context, 'backups:run'), params.id, body);
      return presentDrillWithHistory(amended, translators[context.language]);
    }),
    implement(contract.attachEvidence, async ({ params, body }, context) => {
      const amended = await drills.attach(actorOf(context, 'backups:run'), params.id, body);
      return presentDrillWithHistory(amended, translators[context.language]);
    }),
    implement(contract.readEvidence, async ({ params }) => {
      const found = await drills.evidence(params.id, params.evidence);
      if (found === undefined)
        throw new KuraError('not-found', 'backups.drill-not-found', { params: { drill: params.id } });
      const { content, ...evidence } = found;
      return { ...evidence, contentBase64: Buffer.from(content).toString('base64') };
    }),
  ];
}

function testPlanRoutes({ backups }: Deps): readonly RouteHandler[] {
  const { testPlans } = backups.proof;
  return [
    implement(contract.saveTestPlan, ({ params: { key: job, kind }, body }, context) => {
      requireCommandRight(body.checks, context);
      return testPlans.save(actorOf(context, 'backups:run'), { job, kind }, body);
    }),
    implement(contract.planRecommendedTests, async ({ params }, context) => ({
      items: [...(await testPlans.recommend(actorOf(context, 'backups:run'), params.key))],
    })),
    implement(contract.endTestPlan, async ({ params: { key: job, kind } }, context) => {
      await testPlans.end(actorOf(context, 'system:configure'), { job, kind });
      return undefined;
    }),
    implement(contract.listTestPlans, async ({ query }) => ({ items: [...(await testPlans.list(query.job))] })),
    implement(contract.listPlannedTests, async ({ query }) => ({
      items: [...(await testPlans.calendar(query.from, query.until))],
    })),
  ];
}

function ticketRoutes({ backups, translators }: Deps): readonly RouteHandler[] {
  const { tickets } = backups.proof;
  return [
    implement(contract.openTicketByHand, async ({ body }, context) => {
      const opened = await tickets.open(actorOf(context, 'backups:run'), body);
      return presentTicketHistory(opened, translators[context.language]);
    }),
    implement(contract.listTickets, async ({ query: { cursor, ...query } }, { language }) => {
      const { items, statistics, now } = await tickets.list({ ...query, before: cursor });
      const last = items.length === query.limit ? items.at(-1) : undefined;
      return {
        items: items.map((ticket) => presentTicket(ticket, now, translators[language])),
        statistics,
        ...(last === undefined ? {} : { nextCursor: last.number }),
      };
    }),
    implement(contract.readTicket, async ({ params }, { language }) =>
      presentTicketHistory(await tickets.read(params.ticket), translators[language]),
    ),
    implement(contract.changeTicket, async ({ params, body }, context) => {
      const changed = await tickets.change(actorOf(context, 'backups:run'), params.ticket, body);
      return presentTicketHistory(changed, translators[context.language]);
    }),
  ];
}

function canaryRoutes({ backups }: Deps): readonly RouteHandler[] {
  const { canaries } = backups.proof;
  return [
    implement(contract.plantCanary, ({ params, body }, context) =>
      canaries.plant(actorOf(context, 'system:configure'), params.key, body.path),
    ),
    implement(contract.removeCanary, async ({ params }, context) => {
      await canaries.remove(actorOf(context, 'system:configure'), params.id);
      return undefined;
    }),
    implement(contract.listCanaries, async () => ({ items: [...(await canaries.list())] })),
    implement(contract.checkCanaries, async (_input, context) => ({
      items: [...(await canaries.check(actorOf(context, 'backups:run'), context.signal))],
    })),
  ];
}

/** A command runs a program of the caller's choice on the server. */
function requireCommandRight({ command }: contract.ContentChecks, { caller }: RequestContext): void {
  if (command.length > 0) requirePermission('system:configure', caller);
}
