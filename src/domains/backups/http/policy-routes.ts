/** The contracts of policies, bound to their use cases. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

export function policyRoutes({ backups: { policies } }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listBackupPolicies, async () => ({ items: [...(await policies.list())] })),
    implement(contract.readBackupPolicy, ({ params }) => policies.read(params.key)),
    implement(contract.putBackupPolicy, ({ params, body }, context) =>
      policies.put(actorOf(context, 'system:configure'), params.key, body),
    ),
    implement(contract.removeBackupPolicy, async ({ params: { key } }, context) => {
      await policies.remove(actorOf(context, 'system:configure'), key);
      return { key };
    }),
  ];
}
