/** Licences of the library over HTTP. */
import { implement, type RouteHandler } from '#platform/http';

import { listLicences } from '../contract/index.ts';
import type { Models } from '../models.ts';

export function licenceRoutes(models: Models): readonly RouteHandler[] {
  return [
    implement(listLicences, async ({ query }) => {
      const { items, nextCursor } = await models.listLicences(query);
      return { items, ...(nextCursor === undefined ? {} : { nextCursor: String(nextCursor) }) };
    }),
  ];
}
