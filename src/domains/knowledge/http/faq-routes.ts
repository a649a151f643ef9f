/** Questions with answers, and what is worth becoming one. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { managerOf, readerOf, speakerOf, writerOf } from './request-callers.ts';

export function faqRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.listFaq, ({ query }, { caller }) => knowledge.faq(readerOf(caller), query)),
    implement(contract.readFaq, ({ params }, { caller }) => knowledge.readFaq(readerOf(caller), params.id)),
    implement(contract.createFaq, ({ body: { candidate, ...faq } }, context) =>
      knowledge.createFaq(writerOf(context), faq, candidate),
    ),
    implement(contract.updateFaq, ({ params, body }, context) =>
      knowledge.updateFaq(writerOf(context), params.id, body),
    ),
    implement(contract.removeFaq, async ({ params }, context) => {
      await knowledge.removeFaq(managerOf(context), params.id);
      return undefined;
    }),
    implement(contract.listFaqVersions, async ({ params }, context) => ({
      items: await knowledge.faqVersions(writerOf(context), params.id),
    })),
    implement(contract.voteFaq, ({ params, body }, context) =>
      knowledge.voteFaq(speakerOf(context), params.id, body.helpful),
    ),
    implement(contract.listFaqCandidates, async ({ query }, context) => ({
      items: await knowledge.faqCandidates(writerOf(context), query.limit),
    })),
    implement(contract.rejectFaqCandidate, async ({ body }, context) => {
      await knowledge.rejectFaqCandidate(writerOf(context), body.question);
      return undefined;
    }),
  ];
}
