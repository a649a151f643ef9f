/** Questions over the socket (K-144): the same answer as over the API, once however often the line breaks meanwhile. */
import { z } from 'zod';

import { askKnowledge } from '#knowledge/contract';
import type { RouteHandler } from '#platform/http';
import { type LiveMessage, onMessage } from '#platform/live';

import { callAs } from './call-as.ts';

const questionSchema = z.strictObject({
  id: z.string().min(8).max(100),
  question: z.string().trim().min(1).max(1000),
  limit: z.number().int().min(1).max(10).default(3),
});

export function liveQuestions(handlers: () => readonly RouteHandler[]): readonly LiveMessage[] {
  return [
    onMessage({
      topic: 'knowledge.ask',
      permission: 'knowledge:read',
      schema: questionSchema,
      handle: ({ question, limit }, { caller, language }) =>
        callAs(handlers(), { caller, language }, askKnowledge, { query: { q: question, limit } }),
    }),
  ];
}
