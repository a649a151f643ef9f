/** An entry asked for question by question (K-029, K-100, K-108); everything is kept, so it goes on any day. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { entrySchema, entryTypeSchema, idParams, namedEntrySchema } from './entry-shapes.ts';

const dialogueLangs = ['ja', 'en'] as const;

const stepSchema = z.object({
  /** Names the question: `title`, `type`, `tags`, or `section-1` for the first section of the type. */
  key: z.string(),
  heading: z.string(),
  /** The question in several wordings, the plainest first. */
  wordings: z.array(z.string()).readonly(),
  /** Likely answers, the likeliest first; for `type` there are no others than these. */
  choices: z.array(z.object({ value: z.string(), label: z.string() })).readonly(),
});

const answerSchema = z.object({
  key: z.string(),
  heading: z.string(),
  /** Null: nobody knows. */
  text: z.string().nullable(),
});

const dialogueSchema = z.object({
  id: z.string(),
  lang: z.enum(dialogueLangs),
  startedAt: z.string(),
  updatedAt: z.string(),
  /** In percent. */
  progress: z.number().int(),
  /** The next question; null when all are answered and the draft can be looked over. */
  asked: stepSchema.nullable(),
  answers: z.array(answerSchema).readonly(),
  /** What the entry would be. */
  draft: z.object({
    title: z.string(),
    type: entryTypeSchema,
    tags: z.array(z.string()).readonly(),
    body: z.string(),
  }),
  /** Entries that perhaps say it already. */
  duplicates: z.array(namedEntrySchema).readonly(),
});
export type DialogueView = z.output<typeof dialogueSchema>;
export type DialogueStep = z.output<typeof stepSchema>;

const path = '/api/v1/knowledge/dialogues';

export const startDialogue = defineRoute({
  id: 'knowledge.start-dialogue',
  method: 'POST',
  path,
  access: 'knowledge:write',
  body: z.strictObject({
    /** Language of the questions, and of the entry. */
    lang: z.enum(dialogueLangs).default('ja'),
    type: entryTypeSchema.optional(),
  }),
  output: dialogueSchema,
  status: 201,
});

/** The caller's own, last continued first. */
export const listDialogues = defineRoute({
  id: 'knowledge.list-dialogues',
  method: 'GET',
  path,
  access: 'knowledge:write',
  output: z.object({
    items: z
      .array(
        z.object({ id: z.string(), title: z.string().nullable(), progress: z.number().int(), updatedAt: z.string() }),
      )
      .readonly(),
  }),
});

export const readDialogue = defineRoute({
  id: 'knowledge.read-dialogue',
  method: 'GET',
  path: `${path}/:id`,
  access: 'knowledge:write',
  params: idParams,
  output: dialogueSchema,
  errors: ['knowledge.dialogue-not-found'],
});

/** The same answer again changes nothing; an earlier one may be given anew. */
export const answerDialogue = defineRoute({
  id: 'knowledge.answer-dialogue',
  method: 'PUT',
  path: `${path}/:id/answers/:key`,
  access: 'knowledge:write',
  params: idParams.extend({ key: z.string().min(1).max(40) }),
  /** Null: unknown. */
  body: z.strictObject({ text: z.string().trim().min(1).max(20_000).nullable() }),
  output: dialogueSchema,
  errors: ['knowledge.dialogue-not-found', 'knowledge.no-such-question', 'knowledge.answer-needed'],
});

export const removeDialogue = defineRoute({
  id: 'knowledge.remove-dialogue',
  method: 'DELETE',
  path: `${path}/:id`,
  access: 'knowledge:write',
  params: idParams,
  output: z.undefined(),
  status: 204,
  errors: ['knowledge.dialogue-not-found'],
});

/** The draft becomes an entry, and the dialogue ends. */
export const finishDialogue = defineRoute({
  id: 'knowledge.finish-dialogue',
  method: 'POST',
  path: `${path}/:id/entry`,
  access: 'knowledge:write',
  params: idParams,
  output: entrySchema,
  status: 201,
  errors: ['knowledge.dialogue-not-found', 'knowledge.dialogue-unfinished'],
});
