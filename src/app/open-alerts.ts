/** Alerts and how they are told: over this platform, its accounts, its mail server and its channels. */
import { createWebhookTransport } from '#adapters/webhooks';
import type { Backups } from '#backups';
import { isKuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import type { Knowledge } from '#knowledge';
import { type Alerts, alertRoutes, createAlerts } from '#platform/alerts';
import { type Availability, availabilityRoutes, createAvailability } from '#platform/availability';
import { type Config, minutesOf, namesOf } from '#platform/config';
import type { Subscriber } from '#platform/events';
import type { Probe } from '#platform/health';
import type { RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';
import { createPeople, type Identity } from '#platform/identity';
import type { HandledJob } from '#platform/jobs';
import { createNotifier, type Notifier, noticeJobHandlers, notifyRoutes } from '#platform/notify';
import { configuredNetwork } from '#platform/outbound';
import type { Actor } from '#platform/unit-of-work';

import { alertsFromEvents } from './bridges/alerts-from-events.ts';
import { healthWatch, watchHealth } from './bridges/alerts-from-health.ts';
import { runbooksFrom } from './bridges/runbooks-for-alerts.ts';
import { houseZone } from './initial-preferences.ts';
import type { Platform } from './open-platform.ts';
import { version } from './version.ts';

export interface AlertServices {
  readonly notifier: Notifier;
  readonly alerts: Alerts;
  readonly availability: Availability;
  readonly routes: readonly RouteHandler[];
  readonly jobHandlers: readonly HandledJob[];
  readonly subscriber: Subscriber;
  readonly setUpSchedules: (zone: string, actor: Actor) => Promise<void>;
}

export interface AlertSurroundings {
  readonly identity: Identity;
  readonly knowledge: Knowledge;
  readonly backups: Backups;
  readonly probes: readonly Probe[];
  readonly translators: Readonly<Record<Language, Translator>>;
}

export function openAlerts(platform: Platform, surroundings: AlertSurroundings): AlertServices {
  const { translators, knowledge, backups, probes } = surroundings;
  const { notifier, alerts } = createServices(platform, surroundings);
  const { clock, settings } = platform;
  const availability = createAvailability({
    ...platform,
    probes,
    zone: () => houseZone(settings.loaded().config),
    targetPercent: () => settings.loaded().config.availability.target,
  });
  return {
    notifier,
    alerts,
    availability,
    routes: [
      ...alertRoutes({ alerts, clock, translators, runbooks: runbooksFrom({ knowledge, translators }) }),
      ...notifyRoutes({ notifier, translators }),
      ...availabilityRoutes(availability),
    ],
    jobHandlers: [
      ...alerts.jobHandlers,
      ...noticeJobHandlers(notifier.deps),
      watchHealth({ alerts, probes, clock, availability }),
    ],
    subscriber: alertsFromEvents({ alerts, findJob: (key) => findJob(backups, key) }),
    setUpSchedules: async (zone, actor) => {
      await alerts.setUpSchedules(zone, actor);
      await platform.unitOfWork.write(actor, (tx) => platform.scheduler.upsert(tx, healthWatch));
    },
  };
}

/** What happened to a job that is gone by now is told all the same. */
async function findJob({ register }: Backups, key: string) {
  try {
    return await register.read(key);
  } catch (error) {
    if (isKuraError(error) && error.kind === 'not-found') return undefined;
    throw error;
  }
}

function createServices(
  platform: Platform,
  { identity, translators }: AlertSurroundings,
): Pick<AlertServices, 'notifier' | 'alerts'> {
  const { settings, database, clock, environment, secrets } = platform;
  const { config } = settings.loaded();
  const notifier = createNotifier({
    ...platform,
    sealer: secrets,
    translators,
    people: createPeople(database),
    mail: identity.deps.mail,
    site: config.access.publicUrl,
    channels: createWebhookTransport({
      hosts: namesOf(config.notify.hosts),
      network: configuredNetwork(config.network, environment),
      clock,
      version,
    }),
  });
  const alerts = createAlerts({
    ...platform,
    notifier,
    escalation: () => escalationOf(settings.loaded().config),
    keepDays: () => settings.loaded().config.alerts.keepDays,
  });
  return { notifier, alerts };
}

function escalationOf({ alerts }: Config) {
  return {
    critical: minutesOf(alerts.escalateCritical),
    error: minutesOf(alerts.escalateError),
    warning: minutesOf(alerts.escalateWarning),
    info: [],
  };
}
