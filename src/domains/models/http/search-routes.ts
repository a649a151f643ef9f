/** Search over HTTP, and in process for the command line. */
import { implement, type RouteHandler } from '#platform/http';
import { describeError, type Translator } from '#platform/i18n';

import {
  type FoundModel,
  readModel,
  type SearchAnswer,
  type SearchQuery,
  searchFacets,
  searchModels,
} from '../contract/index.ts';
import { presentFound } from '../core/catalogue/present-model.ts';
import { sameFilesAmong } from '../core/search/same-files.ts';
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
    implement(searchFacets, async ({ query }) => models.searchFacets(query)),
    implement(readModel, async ({ params, query }, { signal }) => models.readModel(params.modelId, signal, query)),
  ];
}

interface Presentation {
  readonly query: SearchQuery;
  readonly siteUrl: string;
  readonly text: Translator;
}

function presentSearch(outcome: SearchOutcome, { query, siteUrl, text }: Presentation): SearchAnswer {
  const { found, stages, sent, contributions, relaxations, stopped, error, nextCursor } = outcome;
  const { asked, used, by } = outcome.order;
  const view = { siteUrl, allRatings: query.nsfw === 'all', now: outcome.now, quality: outcome.quality };
  const sameFiles = sameFilesAmong(found);
  return {
    items: found.flatMap((candidate) => presentFound(candidate, view)).map((item) => markSameFile(item, sameFiles)),
    stages,
    sent,
    order: { asked, used, by },
    asOf: outcome.asOf,
    ...(outcome.level === undefined ? {} : { level: outcome.level }),
    contributions,
    warnings: outcome.warnings.map(({ code, params }) => ({ code, message: text.text(code, params) })),
    relaxations,
    stopped,
    ...(error === undefined ? {} : { error: { code: error.code, message: describeError(error, text).title } }),
    ...(outcome.total === undefined ? {} : { total: outcome.total }),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  };
}

function markSameFile(item: FoundModel, sameFiles: ReadonlyMap<number, number>): FoundModel {
  const sameFileAs = sameFiles.get(item.modelId);
  return sameFileAs === undefined ? item : { ...item, sameFileAs };
}
