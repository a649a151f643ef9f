/** The one composition root: configuration → platform → domains → routes. */
import {
  backupsJobHandlers,
  backupsMetrics,
  backupsRoutes,
  backupToolsProbe,
  copyLocksProbe,
  recoveryProbe,
} from '#backups';
import type { Clock } from '#kernel/clock';
import type { Language } from '#kernel/messages';
import { knowledgeJobHandlers, knowledgeRoutes } from '#knowledge';
import { modelsJobHandlers, modelsRoutes, siteProbe, virusScannerProbe } from '#models';
import { batchTopic, downloadTopic } from '#models/contract';
import type { ProgressSink } from '#models/ports';
import type { Globals, Output } from '#platform/cli';
import { type Environment, namesOf } from '#platform/config';
import type { Subscriber } from '#platform/events';
import type { Probe } from '#platform/health';
import type { RouteHandler } from '#platform/http';
import { createTranslators, type Translator } from '#platform/i18n';
import { directoryProbe, type Identity, identityJobHandlers, keysProbe } from '#platform/identity';
import type { HandledJob } from '#platform/jobs';
import type { LiveHub } from '#platform/live';
import { notifyJobHandlers } from '#platform/notify';
import { pluginProbe, pluginRoutes } from '#platform/plugins';
import type { RateLimits } from '#platform/rate-limits';

import { assistantRoutes } from './assistant-routes.ts';
import { figuresForReports } from './bridges/figures-for-reports.ts';
import { incidentsFromEvents } from './bridges/incidents-from-events.ts';
import { knowledgeToPeople } from './bridges/knowledge-to-people.ts';
import { liveUpdates } from './bridges/live-updates.ts';
import { renewDataKey } from './bridges/renew-data-key.ts';
import { reportsToPeople } from './bridges/reports-to-people.ts';
import { catalogues } from './catalogues.ts';
import { zoneOf } from './initial-preferences.ts';
import { type AlertServices, openAlerts } from './open-alerts.ts';
import { type Domains, openDomains } from './open-domains.ts';
import { openIdentity } from './open-identity.ts';
import { openPlatform, type Platform } from './open-platform.ts';
import { type OpenedRateLimits, openRateLimits } from './open-rate-limits.ts';
import { platformProbes } from './platform-probes.ts';
import { platformRoutes } from './platform-routes.ts';
import { siteCertificateProbes } from './site-certificate.ts';
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
  /** Default: this machine's. */
  readonly clock?: Clock;
}

export interface AppContext extends Platform, Domains, AsyncDisposable {
  readonly identity: Identity;
  readonly alerts: AlertServices;
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
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      logToTerminal: options.logToTerminal ?? false,
      role: options.command,
    },
    stack,
  );
  const progress = createProgressRelay();
  const translators = createTranslators(catalogues, zoneOf(platform.settings.loaded().config));
  const onWait = waitTeller(options, translators);
  const listeners = { progress, onWait, house: figuresForReports(() => alerts) };
  const domains = await openDomains(platform, listeners, stack);
  backupsMetrics(platform.metrics, domains.backups);
  const identity = openIdentity(platform, { translators, houseLanguage: options.globals.language });
  const rateLimits = await openRateLimits(platform, stack);
  const probes = probesOf(platform, domains, identity, rateLimits);
  const alerts: AlertServices = openAlerts(platform, { ...domains, identity, probes, translators });
  const handlers: readonly RouteHandler[] = [
    ...platformRoutes({ platform, identity, probes, translators, handlers: () => handlers }),
    ...modelsRoutes(domains.models, translators),
    ...backupsRoutes({ ...domains, clock: platform.clock, translators }),
    ...knowledgeRoutes(domains.knowledge, translators),
    ...alerts.routes,
    ...pluginRoutes({ plugins: domains.plugins, translators }),
    ...assistantRoutes(platform, translators, () => handlers),
  ];
  const owned = stack.move();
  return {
    ...platform,
    ...domains,
    identity,
    alerts,
    probes,
    rateLimits: rateLimits.limits,
    translators,
    jobHandlers: handledJobs(platform, { ...domains, identity, alerts, translators }),
    subscribers: (live) => {
      progress.connect(live);
      return [
        liveUpdates(live),
        alerts.subscriber,
        incidentsFromEvents(domains.knowledge, translators[options.globals.language]),
        ...tellingPeople(platform, { ...domains, alerts }),
      ];
    },
    handlers: () => handlers,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** What happened, told to whom it concerns. */
function tellingPeople(platform: Platform, { alerts, ...domains }: Domains & { readonly alerts: AlertServices }) {
  const site = platform.settings.loaded().config.access.publicUrl;
  const told = { ...domains, notifier: alerts.notifier, site };
  return [
    knowledgeToPeople({
      ...told,
      curationTargets: () => namesOf(platform.settings.loaded().config.knowledge.curationTo),
      now: () => platform.clock.now(),
    }),
    reportsToPeople({ ...told, attachmentBytes: () => platform.settings.loaded().config.mail.attachmentBytes }),
  ];
}

/** A server has nobody at its terminal. */
function waitTeller({ command, out, globals }: ContextOptions, translators: AppContext['translators']) {
  return command === 'serve' ? undefined : tellWaits(out, translators[globals.language]);
}

type Workers = Domains & Pick<AppContext, 'identity' | 'alerts' | 'translators'>;

function handledJobs(
  platform: Platform,
  { identity, alerts, models, backups, knowledge, translators }: Workers,
): readonly HandledJob[] {
  return [
    ...platform.audit.jobHandlers,
    renewDataKey(platform.secrets),
    ...identityJobHandlers(identity.deps),
    ...notifyJobHandlers({ ...platform, mail: identity.deps.mail }),
    ...alerts.jobHandlers,
    ...modelsJobHandlers(models),
    ...backupsJobHandlers(backups, translators),
    ...knowledgeJobHandlers(knowledge),
  ];
}

function probesOf(
  platform: Platform,
  { models, backups, virusScanner, plugins }: Domains,
  { deps: { directory } }: Identity,
  rateLimits: OpenedRateLimits,
): readonly Probe[] {
  const { clock } = platform;
  return [
    ...platformProbes(platform),
    keysProbe(platform.database, clock),
    siteProbe(models),
    backupToolsProbe(platform, backups.tools),
    copyLocksProbe(platform),
    recoveryProbe(backups.recovery),
    pluginProbe(plugins),
    ...(virusScanner === undefined ? [] : [virusScannerProbe(virusScanner, clock)]),
    ...rateLimits.probes,
    ...(directory === undefined ? [] : [directoryProbe(directory.source, clock)]),
    ...siteCertificateProbes({ ...platform, ...platform.settings.loaded().config.access }),
  ];
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
