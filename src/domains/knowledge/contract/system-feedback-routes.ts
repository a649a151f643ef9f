/** What people say of Kura itself (K-015, K-162): theirs to read, for who manages to go through. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { bodySchema, idParams, nameSchema, noteSchema, severitySchema, titleSchema } from './entry-shapes.ts';

export const systemFeedbackCategories = [
  'ui',
  'search',
  'quality',
  'performance',
  'feature-request',
  'bug',
  'other',
] as const;
export const systemFeedbackCategorySchema = z.enum(systemFeedbackCategories);
export type SystemFeedbackCategory = z.output<typeof systemFeedbackCategorySchema>;

/** The last two end it. */
export const systemFeedbackStatuses = ['new', 'reviewing', 'planned', 'in-progress', 'completed', 'rejected'] as const;
export const systemFeedbackStatusSchema = z.enum(systemFeedbackStatuses);
export type SystemFeedbackStatus = z.output<typeof systemFeedbackStatusSchema>;

/** Shown as it was typed. */
export const systemFeedbackTextSchema = bodySchema.pipe(z.string().max(10_000));

const systemFeedbackSchema = z.object({
  id: z.string(),
  category: systemFeedbackCategorySchema,
  title: z.string(),
  description: z.string(),
  priority: severitySchema,
  status: systemFeedbackStatusSchema,
  /** User name of who sees to it. */
  assignee: z.string().nullable(),
  /** What who gave it is told. */
  answer: z.string().nullable(),
  givenAt: z.string(),
  givenBy: z.string(),
  updatedAt: z.string(),
  /** Since when it is completed or rejected. */
  resolvedAt: z.string().nullable(),
});
export type SystemFeedback = z.output<typeof systemFeedbackSchema>;

const list = z.object({ items: z.array(systemFeedbackSchema).readonly() });
const limit = z.coerce.number().int().min(1).max(500).default(100);

export const sendSystemFeedback = defineRoute({
  id: 'knowledge.send-system-feedback',
  method: 'POST',
  path: '/api/v1/knowledge/system-feedback',
  access: 'knowledge:read',
  status: 201,
  body: z.strictObject({
    category: systemFeedbackCategorySchema,
    title: titleSchema,
    description: systemFeedbackTextSchema,
    priority: severitySchema.default('medium'),
  }),
  output: systemFeedbackSchema,
  errors: ['knowledge.too-much-system-feedback'],
});

/** What the caller gave, the newest first, with what became of it. */
export const listOwnSystemFeedback = defineRoute({
  id: 'knowledge.list-own-system-feedback',
  method: 'GET',
  path: '/api/v1/knowledge/system-feedback/own',
  access: 'knowledge:read',
  query: z.strictObject({ limit }),
  output: list,
});

/** Of everybody: the most urgent first, the oldest of them first. */
export const listSystemFeedback = defineRoute({
  id: 'knowledge.list-system-feedback',
  method: 'GET',
  path: '/api/v1/knowledge/system-feedback',
  access: 'knowledge:manage',
  query: z.strictObject({
    state: z.enum(['open', 'closed']).default('open'),
    category: systemFeedbackCategorySchema.optional(),
    limit,
  }),
  output: list,
});

/** What is left out stays as it is; null takes it back. */
export const triageSystemFeedback = defineRoute({
  id: 'knowledge.triage-system-feedback',
  method: 'PATCH',
  path: '/api/v1/knowledge/system-feedback/:id',
  access: 'knowledge:manage',
  params: idParams,
  body: z.strictObject({
    status: systemFeedbackStatusSchema.optional(),
    priority: severitySchema.optional(),
    assignee: nameSchema.nullable().optional(),
    answer: noteSchema.nullable().optional(),
  }),
  output: systemFeedbackSchema,
  errors: ['knowledge.system-feedback-not-found', 'knowledge.task-for-nobody'],
});
