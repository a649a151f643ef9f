/** Saved searches and watches over HTTP. */
import { requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { presentFinding, presentSavedSearch, presentWatch } from './present-collecting.ts';
import { actorOf, type Translators } from './request-edges.ts';

export function savedSearchRoutes({ savedSearches }: Models): readonly RouteHandler[] {
  return [
    implement(contract.saveSearch, async ({ params, body }, context) =>
      presentSavedSearch(await savedSearches.save(params.name, body.query, actor('models:write', context))),
    ),
    implement(contract.listSavedSearches, async () => ({
      items: (await savedSearches.list()).map(presentSavedSearch),
    })),
    implement(contract.readSavedSearch, async ({ params }) =>
      presentSavedSearch(await savedSearches.read(params.name)),
    ),
    implement(contract.removeSavedSearch, async ({ params }, context) => {
      await savedSearches.remove(params.name, actor('models:write', context));
      return { removed: true as const };
    }),
  ];
}

export function watchRoutes({ watches, siteUrl }: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.addWatch, async ({ body }, context) =>
      presentWatch(await watches.add(body, actor('models:write', context)), translators[context.language]),
    ),
    implement(contract.listWatches, async (_input, { language }) => {
      const items = (await watches.list()).map((watch) => presentWatch(watch, translators[language]));
      return { items, unseen: items.reduce((sum, { unseen }) => sum + unseen, 0) };
    }),
    implement(contract.runWatch, async ({ params }, context) => ({
      jobId: await watches.trigger(params.name, actor('models:download', context)),
    })),
    implement(contract.changeWatch, async ({ params, body }, context) =>
      presentWatch(
        await watches.setEnabled(params.name, body.enabled, actor('models:write', context)),
        translators[context.language],
      ),
    ),
    implement(contract.removeWatch, async ({ params }, context) => {
      await watches.remove(params.name, actor('models:write', context));
      return { removed: true as const };
    }),
    implement(contract.listFindings, async ({ params, query }) => {
      const { items, nextCursor } = await watches.findings(params.name, query);
      return {
        items: items.map((finding) => presentFinding(finding, siteUrl)),
        ...(nextCursor === undefined ? {} : { nextCursor }),
      };
    }),
    implement(contract.markFindingsSeen, async ({ params, body }, context) =>
      presentWatch(
        await watches.markSeen(params.name, body.upTo, actor('models:write', context)),
        translators[context.language],
      ),
    ),
  ];
}

function actor(permission: Permission, context: RequestContext) {
  return actorOf(requirePermission(permission, context.caller), context);
}
