/** The contracts of all jobs together, bound to their use cases. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { presentJobStatus } from '../core/verdict/present-status.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

export function estateRoutes({ backups: { estate }, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.readBackupSummary, () => estate.summary()),
    implement(contract.readServiceLevels, ({ query }) => estate.serviceLevels(query)),
    implement(contract.readBackupTrend, ({ query }) => estate.trend(query.days)),
    implement(contract.readJobTrend, ({ params, query }) => estate.jobTrend(params.key, query.days)),
    implement(contract.recheckBackupJob, async ({ params }, context) =>
      presentJobStatus(
        await estate.recheck(actorOf(context, 'backups:run'), params.key),
        translators[context.language],
      ),
    ),
  ];
}
