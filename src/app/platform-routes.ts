/** Routes that belong to no domain. */
import type { Probe } from '#platform/health';
import type { RouteHandler } from '#platform/http';
import { createTranslators } from '#platform/i18n';
import { operationsRoutes } from '#platform/operations';

import { catalogues } from './catalogues.ts';
import type { Platform } from './open-platform.ts';
import { version } from './version.ts';

export interface PlatformRoutesDeps {
  readonly platform: Platform;
  readonly probes: readonly Probe[];
  /** All handlers of the server, for its own description. */
  readonly handlers: () => readonly RouteHandler[];
}

export function platformRoutes({ platform, probes, handlers }: PlatformRoutesDeps): readonly RouteHandler[] {
  return operationsRoutes({
    version,
    clock: platform.clock,
    probes,
    metrics: platform.metrics,
    settings: platform.settings,
    translators: createTranslators(catalogues),
    routes: () => handlers().map((handler) => handler.route),
  });
}
