/** The gallery over HTTP, and in process for the command line. */
import { implement, type RouteHandler } from '#platform/http';
import { describeError } from '#platform/i18n';

import { readGallery } from '../contract/index.ts';
import type { Models } from '../models.ts';
import type { Translators } from './request-edges.ts';

export function galleryRoutes(models: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(readGallery, async ({ query }, { language, signal }) => {
      const text = translators[language];
      const { warnings, error, nextCursor, ...answer } = await models.readGallery(query, signal);
      return {
        ...answer,
        warnings: warnings.map((code) => ({ code, message: text.text(code) })),
        ...(error === undefined ? {} : { error: { code: error.code, message: describeError(error, text).title } }),
        ...(nextCursor === undefined ? {} : { nextCursor }),
      };
    }),
  ];
}
