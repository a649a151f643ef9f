/** The words a search understands, over HTTP and in process for the command line. */
import { implement, type RouteHandler } from '#platform/http';

import { readVocabulary } from '../contract/index.ts';
import type { Models } from '../models.ts';

export function vocabularyRoutes(models: Models): readonly RouteHandler[] {
  return [implement(readVocabulary, async ({ query }, { signal }) => models.readVocabulary(query, signal))];
}
