/** What readers say of an entry, and what that leaves to do. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { daySchema, idParams, namedEntrySchema, nameSchema, noteSchema } from './entry-shapes.ts';

/** What somebody can say of an entry; all but `helpful` leave something to do. */
export const feedbackKinds = ['helpful', 'not-helpful', 'wrong', 'outdated', 'incomplete'] as const;
export const feedbackKindSchema = z.enum(feedbackKinds);
export type FeedbackKind = z.output<typeof feedbackKindSchema>;

const entryFeedbackSchema = z.object({
  helpful: z.number().int(),
  notHelpful: z.number().int(),
  /** That it is wrong, outdated or incomplete. */
  faults: z.number().int(),
  own: feedbackKindSchema.nullable(),
});
export type EntryFeedback = z.output<typeof entryFeedbackSchema>;

export const readFeedback = defineRoute({
  id: 'knowledge.read-feedback',
  method: 'GET',
  path: '/api/v1/knowledge/entries/:id/feedback',
  access: 'knowledge:read',
  params: idParams,
  output: entryFeedbackSchema,
  errors: ['knowledge.entry-not-found'],
});

/** One voice per person and entry: saying something else replaces it. */
export const giveFeedback = defineRoute({
  id: 'knowledge.give-feedback',
  method: 'PUT',
  path: '/api/v1/knowledge/entries/:id/feedback',
  access: 'knowledge:read',
  params: idParams,
  body: z.strictObject({ kind: feedbackKindSchema, comment: noteSchema.optional() }),
  output: entryFeedbackSchema,
  errors: ['knowledge.entry-not-found'],
});

const outcomeSchema = z.enum(['done', 'dismissed']);

const taskSchema = z.object({
  id: z.string(),
  kind: feedbackKindSchema,
  entry: namedEntrySchema,
  openedAt: z.string(),
  openedBy: z.string(),
  comment: z.string().nullable(),
  closedAt: z.string().nullable(),
  closedBy: z.string().nullable(),
  outcome: outcomeSchema.nullable(),
  /** User name of who sees to it: the owner of the entry, until somebody says otherwise. */
  assignee: z.string().nullable(),
  /** A week after it was opened, until somebody says otherwise; YYYY-MM-DD in UTC. */
  dueOn: z.string().nullable(),
  /** Why it came to that, and what was done about it. */
  resolution: z.string().nullable(),
});
export type KnowledgeTask = z.output<typeof taskSchema>;

/** The soonest due first, those without a day last; about entries the caller may see. */
export const listTasks = defineRoute({
  id: 'knowledge.list-tasks',
  method: 'GET',
  path: '/api/v1/knowledge/tasks',
  access: 'knowledge:write',
  query: z.strictObject({
    state: z.enum(['open', 'closed']).default('open'),
    /** What one person has to see to. */
    assignee: nameSchema.optional(),
    /** What the caller has to see to, whoever that is; goes before `assignee`. */
    own: z.stringbool().default(false),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.object({ items: z.array(taskSchema).readonly() }),
});

/** Who sees to an open task, and until when; null takes it back. */
export const assignTask = defineRoute({
  id: 'knowledge.assign-task',
  method: 'PUT',
  path: '/api/v1/knowledge/tasks/:id/assignment',
  access: 'knowledge:write',
  params: idParams,
  body: z.strictObject({ assignee: nameSchema.nullable(), dueOn: daySchema.nullable() }),
  output: taskSchema,
  errors: ['knowledge.task-not-found', 'knowledge.task-for-nobody'],
});

export const closeTask = defineRoute({
  id: 'knowledge.close-task',
  method: 'POST',
  path: '/api/v1/knowledge/tasks/:id/closure',
  access: 'knowledge:write',
  params: idParams,
  body: z.strictObject({ outcome: outcomeSchema, resolution: noteSchema.optional() }),
  output: taskSchema,
  errors: ['knowledge.task-not-found'],
});
