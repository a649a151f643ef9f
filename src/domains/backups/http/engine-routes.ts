/** The contracts of copies that tools make, bound to their use cases. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import { type Actor, actorOfCaller } from '#platform/unit-of-work';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';

export function engineRoutes({ tools }: Pick<Backups, 'tools'>): readonly RouteHandler[] {
  return [
    implement(contract.listTools, async (_input, { signal }) => ({ items: [...(await tools.versions(signal))] })),
    implement(contract.initToolRepository, async ({ params: { tool }, body }, context) => {
      const actor = configurer(context);
      const { id, encrypted, repository } = await tools.init(actor, tool, body);
      return { tool, repository, repositoryId: id, encrypted };
    }),
    implement(contract.readCopyTool, ({ params: { key, copy } }, { signal }) => tools.read({ job: key, copy }, signal)),
    implement(contract.forgetToolSnapshots, ({ params: { key, copy }, body }, context) =>
      tools.forget(configurer(context), { job: key, copy }, body, context.signal),
    ),
    implement(contract.readRunLog, ({ params }) => tools.runLog(params.id)),
  ];
}

/** It names places of the machine, and takes away what others may count on. */
function configurer({ caller, requestId }: RequestContext): Actor {
  return actorOfCaller(requirePermission('system:configure', caller), requestId);
}
