/** The watch on the site's answers over HTTP. */
import type { ApiChange } from '#engines/civitai';
import { requirePermission } from '#platform/access';
import { implement, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { ApiWatchStatus } from '../core/api-watch/api-watch.ts';
import type { Models } from '../models.ts';
import type { StoredChange } from '../store/api-watch-store.ts';
import { actorOf, type Translators } from './request-edges.ts';

export function apiWatchRoutes({ apiWatch }: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.readApiWatch, async () => presentStatus(await apiWatch.status())),
    implement(contract.listApiChanges, async ({ query }, { language }) => ({
      items: (await apiWatch.changes(query)).map((change) => presentChange(change, translators[language])),
    })),
    implement(contract.acceptApiChange, async ({ params }, context) => {
      const actor = actorOf(requirePermission('models:write', context.caller), context);
      return presentChange(await apiWatch.accept(params.id, actor), translators[context.language]);
    }),
  ];
}

function presentStatus({ endpoints, open }: ApiWatchStatus): contract.ApiWatchStatusView {
  return {
    endpoints: endpoints.map(({ endpoint, shape, learnedAt }) => ({
      endpoint,
      answers: shape.answers,
      fields: Object.keys(shape.fields).length,
      statuses: { ...shape.statuses },
      learnedAt,
    })),
    open,
  };
}

function presentChange(change: StoredChange, translator: Translator): contract.ApiChangeView {
  return { ...change, ...describeChange(change, translator) };
}

/** What happened and what to do, for people. */
export function describeChange(change: Omit<ApiChange, 'additive'>, translator: Translator) {
  const { endpoint, kind, path, was, now, impact } = change;
  return {
    title: translator.text(`models.api-change.${kind}`, { endpoint, path, was, now }),
    advice: translator.text(`models.api-advice.${impact}`),
  };
}
