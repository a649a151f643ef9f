/** Routes that belong to no domain. */

import type { Language } from '#kernel/messages';
import { auditRoutes } from '#platform/audit';
import type { Probe } from '#platform/health';
import type { RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';
import { directoryRoutes, type Identity, identityRoutes } from '#platform/identity';
import { isolationRoutes } from '#platform/isolation';
import { mailRoutes } from '#platform/notify';
import { operationsRoutes } from '#platform/operations';
import { scheduleRoutes } from '#platform/schedule';

import type { Platform } from './open-platform.ts';
import { version } from './version.ts';

export interface PlatformRoutesDeps {
  readonly platform: Platform;
  readonly identity: Identity;
  readonly probes: readonly Probe[];
  readonly translators: Readonly<Record<Language, Translator>>;
  /** All handlers of the server, for its own description. */
  readonly handlers: () => readonly RouteHandler[];
}

export function platformRoutes({
  platform,
  identity,
  probes,
  translators,
  handlers,
}: PlatformRoutesDeps): readonly RouteHandler[] {
  const operations = operationsRoutes({
    version,
    clock: platform.clock,
    probes,
    metrics: platform.metrics,
    settings: platform.settings,
    translators,
    routes: () => handlers().map((handler) => handler.route),
  });
  return [
    ...operations,
    ...identityRoutes(identity, version),
    ...directoryRoutes(identity, translators),
    ...mailRoutes({ ...platform, mail: identity.deps.mail }),
    ...isolationRoutes({ isolation: platform.isolation, translators }),
    ...scheduleRoutes(platform),
    ...auditRoutes({ audit: platform.audit, translators, version }),
  ];
}
