/** Collections and the history of searches over HTTP. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { readPositionCursor } from '../store/position-cursor.ts';
import { presentCollection, presentItem, presentSearchRun } from './present-collecting.ts';
import { actorOf, type Translators } from './request-edges.ts';

export function collectingRoutes({ collecting, siteUrl }: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.startCollection, async ({ body }, context) => {
      const { collection, how } = await collecting.start(body, true, collector(context));
      return { collection: presentCollection(collection, translators[context.language]), how };
    }),
    implement(contract.listCollections, async ({ query }, { language }) => {
      const { items, nextCursor } = await collecting.list(query);
      return { items: items.map((one) => presentCollection(one, translators[language])), ...next(nextCursor) };
    }),
    implement(contract.readCollection, async ({ params }, { language }) =>
      presentCollection(await collecting.read(params.id), translators[language]),
    ),
    implement(contract.listCollectionItems, async ({ params, query: { only, limit, cursor } }) => {
      const { baselineId } = await collecting.read(params.id);
      const after = cursor === undefined ? -1 : readPositionCursor(cursor);
      const found = await collecting.items(params.id, { only, limit: limit + 1, after });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map((item) => presentItem(item, baselineId !== null, siteUrl)),
        ...next(found.length > limit && last !== undefined ? String(last.place) : undefined),
      };
    }),
    implement(contract.pauseCollection, async ({ params }, context) =>
      presentCollection(await collecting.pause(params.id, collector(context)), translators[context.language]),
    ),
    implement(contract.resumeCollection, async ({ params }, context) =>
      presentCollection(await collecting.resume(params.id, collector(context)), translators[context.language]),
    ),
  ];
}

export function historyRoutes({ history }: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.listHistory, async ({ query }, { language }) => {
      const { items, nextCursor } = await history.list(query);
      return { items: items.map((run) => presentSearchRun(run, translators[language])), ...next(nextCursor) };
    }),
    implement(contract.readHistory, async ({ params }, { language }) =>
      presentSearchRun(await history.read(params.id), translators[language]),
    ),
  ];
}

function next(nextCursor: string | undefined) {
  return nextCursor === undefined ? {} : { nextCursor };
}

function collector(context: RequestContext) {
  return actorOf(requirePermission('models:download', context.caller), context);
}
