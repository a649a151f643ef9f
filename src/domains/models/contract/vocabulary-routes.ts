/** Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { vocabularyAnswerSchema, vocabularyListSchema } from './vocabulary-shapes.ts';

/** The words of one list, or of all; asks the site for its own lists when the last answer is older than a day. */
export const readVocabulary = defineRoute({
  id: 'models.read-vocabulary',
  method: 'GET',
  path: '/api/v1/models/vocabulary',
  access: 'models:read',
  query: z.strictObject({
    list: vocabularyListSchema.optional(),
    /** Only what was learned from the site since Kura was made. */
    learned: z.stringbool().default(false),
  }),
  output: vocabularyAnswerSchema,
});
