/** Questions asked one after the other. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { readerOf, speakerOf, writerOf } from './request-callers.ts';

export function conversationRoutes(knowledge: Knowledge): readonly RouteHandler[] {
  return [
    implement(contract.readAnswerWriter, async () => ({ writer: (await knowledge.answerWriter()) ?? null })),
    implement(contract.writeAnswer, ({ body }, context) =>
      knowledge.writeAnswer(speakerOf(context), body, context.signal),
    ),
    implement(contract.startConversation, (_input, context) => knowledge.startConversation(speakerOf(context))),
    implement(contract.listConversations, async (_input, { caller }) => ({
      items: await knowledge.conversations(readerOf(caller)),
    })),
    implement(contract.readConversation, ({ params }, { caller }) =>
      knowledge.readConversation(readerOf(caller), params.id),
    ),
    implement(contract.askInConversation, ({ params, body }, context) =>
      knowledge.askInConversation(speakerOf(context), params.id, { key: params.key, question: body.question }),
    ),
    implement(contract.removeConversation, async ({ params }, context) => {
      await knowledge.removeConversation(speakerOf(context), params.id);
      return undefined;
    }),
    implement(contract.handOverConversation, async ({ params, body }, context) => {
      const { id, title, type, status } = await knowledge.handOverConversation(writerOf(context), params.id, body.lang);
      context.reply.header('location', `/api/v1/knowledge/entries/${id}`);
      return { id, title, type, status };
    }),
  ];
}
