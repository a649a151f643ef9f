/** What people say of Kura itself. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { managerOf, readerOf, speakerOf } from './request-callers.ts';

export function systemFeedbackRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.sendSystemFeedback, ({ body }, context) =>
      knowledge.sendSystemFeedback(speakerOf(context), body),
    ),
    implement(contract.listOwnSystemFeedback, async ({ query }, { caller }) => ({
      items: await knowledge.ownSystemFeedback(readerOf(caller), query.limit),
    })),
    implement(contract.listSystemFeedback, async ({ query }) => ({ items: await knowledge.systemFeedback(query) })),
    implement(contract.triageSystemFeedback, ({ params, body }, context) =>
      knowledge.triageSystemFeedback(managerOf(context), params.id, body),
    ),
  ];
}
