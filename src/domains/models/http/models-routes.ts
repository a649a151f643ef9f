/** The contracts of the models domain, bound to its use cases. */
import type { RouteHandler } from '#platform/http';

import type { Models } from '../models.ts';
import { apiWatchRoutes } from './api-watch-routes.ts';
import { batchRoutes } from './batch-routes.ts';
import { collectingRoutes, historyRoutes } from './collecting-routes.ts';
import { downloadHistoryRoutes } from './download-history-routes.ts';
import { downloadRoutes } from './download-routes.ts';
import { featureRoutes } from './feature-routes.ts';
import { galleryRoutes } from './gallery-routes.ts';
import { libraryRoutes } from './library-routes.ts';
import { libraryWorkRoutes } from './library-work-routes.ts';
import { licenceRoutes } from './licence-routes.ts';
import { rawRoutes } from './raw-routes.ts';
import type { Translators } from './request-edges.ts';
import { scanningRoutes } from './scanning-routes.ts';
import { searchRoutes } from './search-routes.ts';
import { sweepRoutes } from './sweep-routes.ts';
import { updateRoutes } from './update-routes.ts';
import { vocabularyRoutes } from './vocabulary-routes.ts';
import { savedSearchRoutes, watchRoutes } from './watch-routes.ts';

export function modelsRoutes(models: Models, translators: Translators): readonly RouteHandler[] {
  return [
    ...searchRoutes(models, translators),
    ...galleryRoutes(models, translators),
    ...rawRoutes(models),
    ...downloadRoutes(models, translators),
    ...downloadHistoryRoutes(models, translators),
    ...batchRoutes(models, translators),
    ...libraryRoutes(models, translators),
    ...libraryWorkRoutes(models, translators),
    ...scanningRoutes(models, translators),
    ...updateRoutes(models, translators),
    ...licenceRoutes(models),
    ...vocabularyRoutes(models),
    ...apiWatchRoutes(models, translators),
    ...featureRoutes(models),
    ...collectingRoutes(models, translators),
    ...sweepRoutes(models, translators),
    ...savedSearchRoutes(models),
    ...watchRoutes(models, translators),
    ...historyRoutes(models, translators),
  ];
}
