/** Search over HTTP, and in process for the command line. */
import { implement, type RouteHandler } from '#platform/http';
import { describeError, type Translator } from '#platform/i18n';

import { readModel, type SearchAnswer, type SearchQuery, searchModels } from '../contract/index.ts';
import { presentFound } from '../core/catalogue/present-model.ts';
import type { SearchOutcome } from '../core/search/search-models.ts';
import type { Models } from '../models.ts';
import type { Translators } from './request-edges.ts';

export function searchRoutes(models: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(searchModels, async ({ query }, { language, signal }) =>
      presentSearch(await models.search(query, signal), {
        query,
        siteUrl: models.siteUrl,
        text: translators[language],
      }),
    ),
    implement(readModel, async ({ params }, { signal }) => models.readModel(params.modelId, signal)),
  ];
}

interface Presentation {
  readonly query: SearchQuery;
  readonly siteUrl: string;
  readonly text: Translator;
}

function presentSearch(outcome: SearchOutcome, { query, siteUrl, text }: Presentation): SearchAnswer {
  const { found, stages, sent, stopped, error, nextCursor } = outcome;
  return {
    items: found.flatMap((candidate) => presentFound(candidate, siteUrl, query.nsfw === 'all')),
    stages: [...stages],
    sent,
    stopped,
    ...(error === undefined ? {} : { error: { code: error.code, message: describeError(error, text).title } }),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  };
}
