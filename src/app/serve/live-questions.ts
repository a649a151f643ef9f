/** Questions over the socket (K-143, K-144): the same answer as over the API, once however often the line breaks meanwhile. */
import { z } from 'zod';

import { askInConversation, askKnowledge, questionSchema as textSchema } from '#knowledge/contract';
import type { RouteHandler } from '#platform/http';
import { type LiveMessage, onMessage } from '#platform/live';

import { callAs } from './call-as.ts';

const idSchema = z.string().min(8).max(100);
const questionSchema = z.strictObject({
  id: idSchema,
  question: textSchema,
  limit: z.number().int().min(1).max(10).default(3),
});

/** The id is the key of the question, so that it is asked once on every node and after every restart. */
const turnSchema = z.strictObject({ id: idSchema, conversation: z.string().max(200), question: textSchema });

export function liveQuestions(handlers: () => readonly RouteHandler[]): readonly LiveMessage[] {
  return [
    onMessage({
      topic: 'knowledge.ask',
      permission: 'knowledge:read',
      schema: questionSchema,
      handle: ({ question, limit }, { caller, language }) =>
        callAs(handlers(), { caller, language }, askKnowledge, { query: { q: question, limit } }),
    }),
    onMessage({
      topic: 'knowledge.ask-in-conversation',
      permission: 'knowledge:read',
      schema: turnSchema,
      handle: ({ id: key, conversation: id, question }, { caller, language }) =>
        callAs(handlers(), { caller, language }, askInConversation, { params: { id, key }, body: { question } }),
    }),
  ];
}
