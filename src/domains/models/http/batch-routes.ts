/** Batches over HTTP: planned and started here, run by the server. */
import { requirePermission } from '#platform/access';
import { implement, nameFile, type RequestContext, type RouteHandler } from '#platform/http';

import type { Batches } from '../batches.ts';
import * as contract from '../contract/index.ts';
import { presentBatch, presentBatchItem, presentBatchPlan } from './present-batches.ts';
import { presentDecision } from './present-decisions.ts';
import { actorOf, requireOverride, type Translators } from './request-edges.ts';

export function batchRoutes(batches: Batches, translators: Translators): readonly RouteHandler[] {
  return [
    ...startingRoutes(batches, translators),
    ...readingRoutes(batches, translators),
    ...steps(batches, translators),
  ];
}

function startingRoutes(batches: Batches, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.planBatch, async ({ body }, { language, signal }) =>
      presentBatchPlan(await batches.planBatch(body, { signal }), translators[language]),
    ),
    implement(contract.startBatch, async ({ body }, context) => {
      requireOverride(body.options, context);
      const options = { actor: downloader(context), signal: context.signal, byServer: true };
      return presentBatch(await batches.startBatch(body, options), translators[context.language]);
    }),
    implement(contract.changeBatch, async ({ params, body }, context) =>
      presentBatch(await batches.changeBatch(params.id, body, downloader(context)), translators[context.language]),
    ),
  ];
}

function readingRoutes(batches: Batches, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.listBatches, async ({ query }, { language }) => {
      const { items, nextCursor } = await batches.listBatches(query);
      return { items: items.map((batch) => presentBatch(batch, translators[language])), ...next(nextCursor) };
    }),
    implement(contract.readBatch, async ({ params }, { language }) => {
      const text = translators[language];
      const found = await batches.readBatch(params.id);
      const isLeft = await batches.isBatchLeft(found);
      const decisions = await batches.batchDecisions(params.id);
      return {
        ...presentBatch(found, text),
        isLeft,
        decisions: decisions.map((decision) => presentDecision(decision, text)),
      };
    }),
    implement(contract.listBatchItems, async ({ params, query }, { language }) => {
      const { items, nextCursor } = await batches.listBatchItems(params.id, query);
      return { items: items.map((item) => presentBatchItem(item, translators[language])), ...next(nextCursor) };
    }),
    implement(contract.reportBatch, async ({ params, query }, context) => {
      const report = await batches.reportBatch(params.id, query.format, translators[context.language]);
      nameFile(context, { name: report.fileName, mediaType: report.mediaType });
      return report.content;
    }),
  ];
}

function steps(batches: Batches, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.pauseBatch, async ({ params }, context) =>
      presentBatch(await batches.pauseBatch(params.id, downloader(context)), translators[context.language]),
    ),
    implement(contract.resumeBatch, async ({ params }, context) =>
      presentBatch(await batches.resumeBatch(params.id, downloader(context)), translators[context.language]),
    ),
    implement(contract.cancelBatch, async ({ params }, context) =>
      presentBatch(await batches.cancelBatch(params.id, downloader(context)), translators[context.language]),
    ),
    implement(contract.retryBatch, async ({ params }, context) =>
      presentBatch(await batches.retryBatch(params.id, downloader(context)), translators[context.language]),
    ),
  ];
}

function next(nextCursor: string | undefined) {
  return nextCursor === undefined ? {} : { nextCursor };
}

function downloader(context: RequestContext) {
  return actorOf(requirePermission('models:download', context.caller), context);
}
