/** Entries somebody wants to hear of. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { readerOf, speakerOf } from './request-callers.ts';

export function watchRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.readWatch, ({ params }, { caller }) => knowledge.readWatch(readerOf(caller), params.id)),
    implement(contract.watchEntry, ({ params }, context) => knowledge.watch(speakerOf(context), params.id)),
    implement(contract.unwatchEntry, ({ params }, context) => knowledge.unwatch(speakerOf(context), params.id)),
    implement(contract.listWatched, async (_input, { caller }) => ({
      items: await knowledge.watched(readerOf(caller)),
    })),
  ];
}
