/** The one composition root: configuration → platform → domains → routes. */
import { backupsJobHandlers, backupsMetrics, backupsRoutes } from '#backups';
import type { Language } from '#kernel/messages';
import { knowledgeRoutes } from '#knowledge';
import { modelsJobHandlers, modelsRoutes, siteProbe, virusScannerProbe } from '#models';
import { batchTopic, downloadTopic } from '#models/contract';
import type { ProgressSink } from '#models/ports';
import type { Globals, Output } from '#platform/cli';
import type { Environment } from '#platform/config';
import type { Subscriber } from '#platform/events';
import type { Probe } from '#platform/health';
import type { RouteHandler } from '#platform/http';
import { createTranslators, type Translator } from '#platform/i18n';
import { directoryProbe, type Identity, identityJobHandlers } from '#platform/identity';
import type { HandledJob } from '#platform/jobs';
import type { LiveHub } from '#platform/live';
import type { RateLimits } from '#platform/rate-limits';

import { incidentsFromEvents } from './bridges/incidents-from-events.ts';
import { liveUpdates } from './bridges/live-updates.ts';
import { catalogues } from './catalogues.ts';
import { zoneOf } from './initial-preferences.ts';
import { type Domains, openDomains } from './open-domains.ts';
import { openIdentity } from './open-identity.ts';
import { openPlatform, type Platform } from './open-platform.ts';
import { openRateLimits } from './open-rate-limits.ts';
import { platformProbes } from './platform-probes.ts';
import { platformRoutes } from './platform-routes.ts';
import { tellWaits } from './tell-waits.ts';

export interface ContextOptions {
  readonly home: string;
  readonly environment: Environment;
  readonly globals: Globals;
  readonly command: string;
  readonly out: Output;
  /** Values given as flags, by dotted key. */
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly logToTerminal?: boolean;
}

export interface AppContext extends Platform, Domains, AsyncDisposable {
  readonly identity: Identity;
  readonly probes: readonly Probe[];
  readonly rateLimits: RateLimits;
  readonly translators: Readonly<Record<Language, Translator>>;
  readonly jobHandlers: readonly HandledJob[];
  /** Who hears of events in a server; some pass them on to browsers. */
  readonly subscribers: (live: LiveHub) => readonly Subscriber[];
  /** Handlers of every contract the server has; the command line calls them in process. */
  readonly handlers: () => readonly RouteHandler[];
}

/** Opens everything; on failure whatever was opened before is closed again. */
export async function openContext(options: ContextOptions): Promise<AppContext> {
  await using stack = new AsyncDisposableStack();
  const platform = await openPlatform(
    {
      home: options.home,
      environment: options.environment,
      ...(options.flags === undefined ? {} : { flags: options.flags }),
      logToTerminal: options.logToTerminal ?? false,
      role: options.command,
    },
    stack,
  );
  const progress = createProgressRelay();
  const translators = createTranslators(catalogues, zoneOf(platform.settings.loaded().config));
  // A server has nobody at its terminal.
  const onWait =
    options.command === 'serve' ? undefined : tellWaits(options.out, translators[options.globals.language]);
  const domains = await openDomains(platform, { progress, onWait }, stack);
  backupsMetrics(platform.metrics, domains.backups);
  const identity = openIdentity(platform);
  const { models, virusScanner } = domains;
  const scannerProbes = virusScanner === undefined ? [] : [virusScannerProbe(virusScanner, platform.clock)];
  const rateLimits = await openRateLimits(platform, stack);
  const { directory } = identity.deps;
  const directoryProbes = directory === undefined ? [] : [directoryProbe(directory.source, platform.clock)];
  const probes = [
    ...platformProbes(platform),
    siteProbe(models),
    ...scannerProbes,
    ...rateLimits.probes,
    ...directoryProbes,
  ];
  const handlers: readonly RouteHandler[] = [
    ...platformRoutes({ platform, identity, probes, translators, handlers: () => handlers }),
    ...modelsRoutes(domains.models, translators),
    ...backupsRoutes({ ...domains, clock: platform.clock, translators }),
    ...knowledgeRoutes(domains.knowledge),
  ];
  const owned = stack.move();
  return {
    ...platform,
    ...domains,
    identity,
    probes,
    rateLimits: rateLimits.limits,
    translators,
    jobHandlers: [
      ...platform.audit.jobHandlers,
      ...identityJobHandlers(identity.deps),
      ...modelsJobHandlers(domains.models),
      ...backupsJobHandlers(domains.backups),
    ],
    subscribers: (live) => {
      progress.connect(live);
      return [liveUpdates(live), incidentsFromEvents(domains.knowledge, translators[options.globals.language])];
    },
    handlers: () => handlers,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

interface ProgressRelay extends ProgressSink {
  connect(live: LiveHub): void;
}

/** Downloads exist before browsers do: progress goes to whoever is connected by then. */
function createProgressRelay(): ProgressRelay {
  let live: LiveHub | undefined;
  return {
    connect(hub) {
      live = hub;
    },
    downloadProgressed({ downloadId, ...progress }) {
      live?.broadcast('models:read', downloadTopic, { id: downloadId, ...progress });
    },
    batchProgressed(progress) {
      live?.broadcast('models:read', batchTopic, progress);
    },
  };
}
