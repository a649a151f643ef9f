import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { managerOf, readerOf, tagged, writerOf } from './request-callers.ts';

export function historyRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.listVersions, async ({ params }, { caller }) => ({
      items: await knowledge.versions(readerOf(caller), params.id),
    })),
    implement(contract.compareVersions, ({ params, query }, { caller }) =>
      knowledge.compare(readerOf(caller), params.id, query),
    ),
    implement(contract.restoreVersion, async ({ params, body }, context) =>
      tagged(await knowledge.restoreVersion(writerOf(context), params.id, body), context),
    ),
    implement(contract.moveEntry, async ({ params, body }, context) =>
      tagged(await knowledge.move(writerOf(context), params.id, body), context),
    ),
    implement(contract.confirmEntry, async ({ params, body }, context) =>
      tagged(await knowledge.confirm(writerOf(context), params.id, body.version), context),
    ),
    implement(contract.listRemovedEntries, async ({ query }, { caller }) => ({
      items: await knowledge.removed(readerOf(caller), query.limit),
    })),
    implement(contract.bringBackEntry, async ({ params }, context) =>
      tagged(await knowledge.bringBack(writerOf(context), params.id), context),
    ),
    implement(contract.purgeEntry, async ({ params }, context) => {
      await knowledge.purge(managerOf(context), params.id);
      return undefined;
    }),
  ];
}
