/** Downloads over HTTP: planned at once, done by jobs. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import { describeError } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { presentDecision } from './present-decisions.ts';
import { presentDownload, presentPlanItem } from './present-records.ts';
import { actorOf, requireOverride, type Translators } from './request-edges.ts';

export function downloadRoutes(models: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.planDownloads, async ({ body }, { language, signal }) => {
      const plan = await models.plan(body, signal);
      const { totalBytes, freeBytes } = plan;
      return { items: plan.items.map((item) => presentPlanItem(item, translators[language])), totalBytes, freeBytes };
    }),
    implement(contract.startDownloads, async ({ body }, context) => {
      requireOverride(body, context);
      const text = translators[context.language];
      const started = await models.startDownloads(body, { actor: downloader(context), signal: context.signal });
      return {
        items: started.items.map((download) => presentDownload(download, text)),
        failed: started.failed.map(({ ref, error }) => {
          const { code, title } = describeError(error, text);
          return { ref, reason: { code, message: title } };
        }),
      };
    }),
    implement(contract.listDownloads, async ({ query }, { language }) => {
      const { items, nextCursor } = await models.listDownloads(query);
      return {
        items: items.map((download) => presentDownload(download, translators[language])),
        ...(nextCursor === undefined ? {} : { nextCursor }),
      };
    }),
    implement(contract.readDownload, async ({ params }, { language }) => {
      const text = translators[language];
      const download = presentDownload(await models.readDownload(params.id), text);
      const decisions = await models.downloadHistory.decisions(params.id);
      return { ...download, decisions: decisions.map((decision) => presentDecision(decision, text)) };
    }),
    implement(contract.cancelDownload, async ({ params }, context) =>
      presentDownload(await models.cancelDownload(params.id, downloader(context)), translators[context.language]),
    ),
    implement(contract.retryDownload, async ({ params }, context) =>
      presentDownload(await models.retryDownload(params.id, downloader(context)), translators[context.language]),
    ),
  ];
}

function downloader(context: RequestContext) {
  return actorOf(requirePermission('models:download', context.caller), context);
}
