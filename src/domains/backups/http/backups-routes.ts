/** The contracts of backups, bound to their use cases. */

import { nowInstant } from '#kernel/clock';
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { presentRun, presentVerification } from '../core/runs/present-record.ts';
import { presentJobStatus, presentStatus } from '../core/verdict/present-status.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';
import { documentRoutes } from './document-routes.ts';
import { engineRoutes } from './engine-routes.ts';
import { estateRoutes } from './estate-routes.ts';
import { mediaRoutes } from './media-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import { proofRoutes } from './proof-routes.ts';
import { providerRoutes } from './provider-routes.ts';
import { recoveryRoutes } from './recovery-routes.ts';
import { registerRoutes } from './register-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { runPageOf } from './run-page.ts';
import { scheduleRoutes } from './schedule-routes.ts';

export function backupsRoutes(deps: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    ...statusRoutes(deps),
    ...registerRoutes(deps),
    ...policyRoutes(deps),
    ...scheduleRoutes(deps),
    ...providerRoutes(deps),
    ...estateRoutes(deps),
    ...historyRoutes(deps),
    ...workRoutes(deps),
    ...reportRoutes(deps),
    ...proofRoutes(deps),
    ...engineRoutes(deps.backups),
    ...mediaRoutes(deps),
    ...recoveryRoutes(deps),
    ...documentRoutes(deps),
  ];
}

function statusRoutes({ backups, clock, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.readBackupStatus, async (_input, { language }) =>
      presentStatus(await backups.status(), nowInstant(clock), translators[language]),
    ),
    implement(contract.readJobStatus, async ({ params }, { language }) =>
      presentJobStatus(await backups.jobStatus(params.key), translators[language]),
    ),
  ];
}

function historyRoutes({ backups, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listBackupRuns, async ({ query }, { language }) => {
      const runs = await backups.runs(runPageOf(query));
      const last = runs.length === query.limit ? runs.at(-1) : undefined;
      return {
        items: runs.map((run) => presentRun(run, translators[language])),
        ...(last === undefined ? {} : { nextCursor: `${last.startedAt}_${last.id}` }),
      };
    }),
    implement(contract.listVerifications, async ({ query: { job, limit, cursor } }, { language }) => {
      const verifications = await backups.verifications({ job, limit, before: cursor });
      return page(verifications, limit, (one) => presentVerification(one, translators[language]));
    }),
  ];
}

function workRoutes({ backups }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.startBackupRun, async ({ params }, context) => {
      const { job, queued } = await backups.queueRun(actorOf(context, 'backups:run'), params.key);
      return { job, queued: [...queued] };
    }),
    implement(contract.startVerification, async ({ params, body }, context) => {
      const actor = actorOf(context, 'backups:run');
      const { job, queued } = await backups.queueVerification(actor, params.key, body.kind);
      return { job, queued: [...queued] };
    }),
  ];
}

function page<Recorded extends { readonly position: number }, View>(
  recorded: readonly Recorded[],
  limit: number,
  present: (one: Recorded) => View,
): { items: View[]; nextCursor?: number } {
  const last = recorded.at(-1);
  const more = last !== undefined && recorded.length === limit;
  return { items: recorded.map(present), ...(more ? { nextCursor: last.position } : {}) };
}
