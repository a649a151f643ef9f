/** The contracts of the models domain, bound to its use cases. */
import type { RouteHandler } from '#platform/http';

import type { Models } from '../models.ts';
import { searchRoutes, type Translators } from './search-routes.ts';

export function modelsRoutes(models: Models, translators: Translators): readonly RouteHandler[] {
  return [...searchRoutes(models, translators)];
}
