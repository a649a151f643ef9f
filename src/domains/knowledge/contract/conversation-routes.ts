/** Questions asked one after the other (K-142, K-143); everybody reads their own only. Safe for browsers. */
import { z } from 'zod';

import { defineRoute, storableText } from '#platform/contract';

import { escalationSchema, passageSchema } from './ask-routes.ts';
import { idParams, namedEntrySchema } from './entry-shapes.ts';
import { answeredQuestionSchema } from './faq-routes.ts';

export const questionKeySchema = storableText.pipe(z.string().min(8).max(100));
export const questionSchema = storableText.pipe(z.string().trim().min(1).max(1000));

const turnSchema = z.object({
  /** Chosen by who asked. */
  key: z.string(),
  question: z.string(),
  askedAt: z.string(),
  /** The earlier question it was understood with; null: by itself. */
  together: z.string().nullable(),
  /** Whether anything answered it then. */
  found: z.boolean(),
  /** As they stand in entries now; those that were rewritten or taken away since are not shown. */
  passages: z.array(passageSchema).readonly(),
  /** How many passages of then cannot be shown any more. */
  lost: z.number().int(),
  /** Questions with answers that mean the same. */
  faq: z.array(answeredQuestionSchema).readonly(),
  /** Entries that came nearest when nothing was found. */
  near: z.array(z.object({ id: z.string(), title: z.string() })).readonly(),
  /** By the rules of now. */
  escalation: escalationSchema,
});
export type ConversationTurn = z.output<typeof turnSchema>;

const conversationSchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  updatedAt: z.string(),
  /** In the order they were asked. */
  turns: z.array(turnSchema).readonly(),
  /** The draft it was handed over as. */
  entry: namedEntrySchema.nullable(),
});
export type ConversationView = z.output<typeof conversationSchema>;

const path = '/api/v1/knowledge/conversations';

export const startConversation = defineRoute({
  id: 'knowledge.start-conversation',
  method: 'POST',
  path,
  access: 'knowledge:read',
  output: conversationSchema,
  status: 201,
});

/** The caller's own, last continued first. */
export const listConversations = defineRoute({
  id: 'knowledge.list-conversations',
  method: 'GET',
  path,
  access: 'knowledge:read',
  output: z.object({
    items: z
      .array(
        z.object({
          id: z.string(),
          /** The first question; null: nothing was asked yet. */
          question: z.string().nullable(),
          questions: z.number().int(),
          updatedAt: z.string(),
        }),
      )
      .readonly(),
  }),
});

export const readConversation = defineRoute({
  id: 'knowledge.read-conversation',
  method: 'GET',
  path: `${path}/:id`,
  access: 'knowledge:read',
  params: idParams,
  output: conversationSchema,
  errors: ['knowledge.conversation-not-found'],
});

/** The same key again is answered as before, and asks nothing anew. */
export const askInConversation = defineRoute({
  id: 'knowledge.ask-in-conversation',
  method: 'PUT',
  path: `${path}/:id/questions/:key`,
  access: 'knowledge:read',
  params: idParams.extend({ key: questionKeySchema }),
  body: z.strictObject({ question: questionSchema }),
  output: turnSchema,
  errors: ['knowledge.conversation-not-found', 'knowledge.question-key-used', 'knowledge.conversation-full'],
});

export const removeConversation = defineRoute({
  id: 'knowledge.remove-conversation',
  method: 'DELETE',
  path: `${path}/:id`,
  access: 'knowledge:read',
  params: idParams,
  output: z.undefined(),
  status: 204,
  errors: ['knowledge.conversation-not-found'],
});

/** What was asked and found becomes the draft of an incident for those who can help; once. */
export const handOverConversation = defineRoute({
  id: 'knowledge.hand-over-conversation',
  method: 'POST',
  path: `${path}/:id/entry`,
  access: 'knowledge:write',
  params: idParams,
  body: z.strictObject({ lang: z.enum(['ja', 'en']).default('ja') }),
  output: namedEntrySchema,
  status: 201,
  errors: ['knowledge.conversation-not-found', 'knowledge.conversation-empty'],
});
