/** Questions that are asked again and again, each with its answer (K-087 to K-092). Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  bodySchema,
  daySchema,
  entryIdSchema,
  idParams,
  namedEntrySchema,
  nameSchema,
  noteSchema,
  titleSchema,
  versionSchema,
} from './entry-shapes.ts';

/** Readers see `active` ones; `draft` and `archived` ones are for who writes here. */
export const faqStatuses = ['draft', 'active', 'archived'] as const;
export const faqStatusSchema = z.enum(faqStatuses);
export type FaqStatus = z.output<typeof faqStatusSchema>;

const contentFields = {
  question: titleSchema,
  /** The same in other words; what people type finds it by them, too. */
  variants: z.array(titleSchema).max(20).readonly(),
  category: nameSchema,
  /** Markdown. Null: the entry is the answer. */
  answer: bodySchema.nullable(),
  /** The entry that answers, or says more. */
  entryId: entryIdSchema.nullable(),
  status: faqStatusSchema,
  /** When somebody should check that it still holds. */
  reviewOn: daySchema.nullable(),
};

export const faqContentSchema = z.object(contentFields);
export type FaqContent = z.output<typeof faqContentSchema>;

const writtenFields = {
  ...contentFields,
  variants: contentFields.variants.default([]),
  answer: contentFields.answer.default(null),
  entryId: contentFields.entryId.default(null),
  status: faqStatusSchema.default('active'),
  reviewOn: daySchema.nullable().optional(),
  /** Why, for its history. */
  note: noteSchema.optional(),
};

const faqItemSchema = z.object({
  ...contentFields,
  id: z.string(),
  /** `FAQ-001`. */
  number: z.string(),
  /** What `entryId` leads to. */
  entry: namedEntrySchema.nullable(),
  version: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
  helpful: z.number().int(),
  notHelpful: z.number().int(),
  /** What the caller said of it. */
  own: z.enum(['helpful', 'not-helpful']).nullable(),
});
export type FaqItem = z.output<typeof faqItemSchema>;

/** As an answer to a question of somebody names it. */
export const answeredQuestionSchema = faqItemSchema.pick({
  id: true,
  number: true,
  question: true,
  answer: true,
  entry: true,
});

const path = '/api/v1/knowledge/faq';

/** By how well they answer `q`; without one, those that helped most first. */
export const listFaq = defineRoute({
  id: 'knowledge.list-faq',
  method: 'GET',
  path,
  access: 'knowledge:read',
  query: z.strictObject({
    q: z.string().trim().max(1000).optional(),
    category: nameSchema.optional(),
    status: faqStatusSchema.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  output: z.object({ items: z.array(faqItemSchema).readonly(), categories: z.array(z.string()).readonly() }),
});

export const readFaq = defineRoute({
  id: 'knowledge.read-faq',
  method: 'GET',
  path: `${path}/:id`,
  access: 'knowledge:read',
  params: idParams,
  output: faqItemSchema,
  errors: ['knowledge.faq-not-found'],
});

/** `candidate`: the words of the candidate it answers, which is not proposed again. */
export const createFaq = defineRoute({
  id: 'knowledge.create-faq',
  method: 'POST',
  path,
  access: 'knowledge:write',
  body: z.strictObject({ ...writtenFields, candidate: z.string().max(300).optional() }),
  output: faqItemSchema,
  status: 201,
  errors: ['knowledge.faq-unanswered', 'knowledge.entry-not-found'],
});

export const updateFaq = defineRoute({
  id: 'knowledge.update-faq',
  method: 'PUT',
  path: `${path}/:id`,
  access: 'knowledge:write',
  params: idParams,
  body: z.strictObject({ ...writtenFields, version: versionSchema }),
  output: faqItemSchema,
  errors: ['knowledge.faq-not-found', 'knowledge.faq-stale', 'knowledge.faq-unanswered', 'knowledge.entry-not-found'],
});

/** For good, with its history and votes. */
export const removeFaq = defineRoute({
  id: 'knowledge.remove-faq',
  method: 'DELETE',
  path: `${path}/:id`,
  access: 'knowledge:manage',
  params: idParams,
  output: z.undefined(),
  status: 204,
  errors: ['knowledge.faq-not-found'],
});

const faqVersionSchema = z.object({
  ...contentFields,
  version: z.number().int(),
  savedAt: z.string(),
  savedBy: z.string(),
  note: z.string().nullable(),
});
export type FaqVersion = z.output<typeof faqVersionSchema>;

/** Newest first, the present one included. */
export const listFaqVersions = defineRoute({
  id: 'knowledge.list-faq-versions',
  method: 'GET',
  path: `${path}/:id/versions`,
  access: 'knowledge:write',
  params: idParams,
  output: z.object({ items: z.array(faqVersionSchema).readonly() }),
  errors: ['knowledge.faq-not-found'],
});

/** One voice per person: saying something else replaces it. */
export const voteFaq = defineRoute({
  id: 'knowledge.vote-faq',
  method: 'PUT',
  path: `${path}/:id/vote`,
  access: 'knowledge:read',
  params: idParams,
  body: z.strictObject({ helpful: z.boolean() }),
  output: faqItemSchema,
  errors: ['knowledge.faq-not-found'],
});

const faqCandidateSchema = z.object({
  /** The most frequent wording; names the candidate. */
  question: z.string(),
  /** What else was typed for the same. */
  wordings: z.array(z.string()).readonly(),
  /** How often it was searched for on pages, found or not, in the time that is kept. */
  searches: z.number().int(),
  /** How often nothing was found. */
  unanswered: z.number().int(),
  lastOn: z.string(),
  /** The entry that a search for it finds first now. */
  entry: namedEntrySchema.nullable(),
});
export type FaqCandidate = z.output<typeof faqCandidateSchema>;

/** What was searched for again and again and is answered by none yet, the most frequent first. */
export const listFaqCandidates = defineRoute({
  id: 'knowledge.list-faq-candidates',
  method: 'GET',
  path: '/api/v1/knowledge/faq-candidates',
  access: 'knowledge:write',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  output: z.object({ items: z.array(faqCandidateSchema).readonly() }),
});

/** It is not proposed again. */
export const rejectFaqCandidate = defineRoute({
  id: 'knowledge.reject-faq-candidate',
  method: 'POST',
  path: '/api/v1/knowledge/faq-candidates/rejections',
  access: 'knowledge:write',
  body: z.strictObject({ question: z.string().trim().min(1).max(300) }),
  output: z.undefined(),
  status: 204,
});
