/** Updates over HTTP. */
import { implement, type RouteHandler } from '#platform/http';
import { describeError } from '#platform/i18n';

import { listUpdates } from '../contract/index.ts';
import type { Models } from '../models.ts';
import type { Translators } from './request-edges.ts';

export function updateRoutes(models: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(listUpdates, async ({ query }, { language, signal }) => {
      const { items, nextCursor } = await models.findUpdates(query, signal);
      return {
        items: items.map(({ error, ...item }) => ({
          ...item,
          ...(error === undefined
            ? {}
            : { reason: { code: error.code, message: describeError(error, translators[language]).title } }),
        })),
        ...(nextCursor === undefined ? {} : { nextCursor: String(nextCursor) }),
      };
    }),
  ];
}
