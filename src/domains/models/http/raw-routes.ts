/** Answers as sent, over HTTP and in process. */
import { implement, type RouteHandler } from '#platform/http';

import { readRawAnswers } from '../contract/index.ts';
import type { Models } from '../models.ts';

export function rawRoutes(models: Models): readonly RouteHandler[] {
  return [implement(readRawAnswers, async ({ query }) => ({ answers: await models.readRawAnswers(query) }))];
}
