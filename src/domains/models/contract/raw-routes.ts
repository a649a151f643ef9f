/** Answers of the site as they were sent (models.md M-066). Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

const siteId = z.coerce.number().int().min(1).max(2_147_483_647);

export const rawAnswerSchema = z.object({
  subject: z.enum(['model', 'version']),
  id: z.number().int(),
  /** A list leaves out what a detail tells; the last answer of each is kept. */
  origin: z.enum(['list', 'detail']),
  /** When the site answered, or the recorded answer was imported. */
  fetchedAt: z.string(),
  /** Form in which Kura stores answers; not the site's. */
  schemaVersion: z.number().int(),
  body: z.unknown(),
});
export type RawAnswer = z.output<typeof rawAnswerSchema>;

/** Of one model, or of one version: its own and those of its model. */
export const readRawAnswers = defineRoute({
  id: 'models.read-raw-answers',
  method: 'GET',
  path: '/api/v1/models/raw',
  access: 'models:read',
  query: z.strictObject({ model: siteId.optional(), version: siteId.optional() }),
  /** Those of the version first, the fullest first. */
  output: z.object({ answers: z.array(rawAnswerSchema).readonly() }),
  errors: ['models.raw-of-what', 'models.raw-unknown', 'models.excluded'],
});
