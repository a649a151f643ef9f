/** Handlers of the operations contracts: health, metrics, API description, settings. */
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { requirePermission } from '#platform/access';
import type { RouteContract } from '#platform/contract';
import { type Probe, probeHealth } from '#platform/health';
import { implement, openApiDocument, type RouteHandler, referencePage } from '#platform/http';
import type { Translator } from '#platform/i18n';
import type { Metrics } from '#platform/metrics';
import type { Settings } from '#platform/settings';

import * as contract from './contract/index.ts';
import { settingOf } from './present-setting.ts';

export interface OperationsDeps {
  readonly version: string;
  readonly clock: Clock;
  readonly probes: readonly Probe[];
  readonly metrics: Metrics;
  readonly settings: Settings;
  readonly translators: Readonly<Record<Language, Translator>>;
  /** All contracts of the server, these included; asked for late because the list is still growing when this is built. */
  readonly routes: () => readonly RouteContract[];
}

export function operationsRoutes(deps: OperationsDeps): readonly RouteHandler[] {
  return [...healthRoutes(deps), ...descriptionRoutes(deps), ...settingsRoutes(deps)];
}

function healthRoutes(deps: OperationsDeps): readonly RouteHandler[] {
  const started = deps.clock.monotonic();
  return [
    implement(contract.liveness, async () => ({ state: 'ok' as const })),
    implement(contract.readiness, async () => {
      const report = await probeHealth(deps.probes, deps.clock);
      if (report.state !== 'failed') return { state: report.state };
      const names = report.probes.filter((probe) => probe.state === 'failed').map((probe) => probe.name);
      throw new KuraError('unavailable', 'operations.not-ready', {
        params: { probes: names.join(', ') },
        retryAfterMs: 5000,
      });
    }),
    implement(contract.health, async (_input, { caller }) => {
      const report = await probeHealth(deps.probes, deps.clock);
      const mayRead = caller?.permissions.has('system:read') === true;
      return {
        state: report.state,
        version: deps.version,
        uptimeSeconds: Math.round((deps.clock.monotonic() - started) / 1000),
        ...(mayRead ? { probes: [...report.probes] } : {}),
      };
    }),
    implement(contract.metrics, async (_input, { reply }) => {
      reply.header('content-type', deps.metrics.contentType);
      return deps.metrics.render();
    }),
  ];
}

function descriptionRoutes(deps: OperationsDeps): readonly RouteHandler[] {
  return [
    implement(contract.openApi, async (_input, { language }) =>
      openApiDocument(deps.routes(), deps.translators[language], deps.version),
    ),
    implement(contract.apiReference, async (_input, { language, nonce, reply }) => {
      reply.header('content-type', 'text/html; charset=utf-8');
      return referencePage(deps.routes(), deps.translators[language], nonce);
    }),
  ];
}

function settingsRoutes({ settings, translators }: OperationsDeps): readonly RouteHandler[] {
  return [
    implement(contract.listSettings, async (_input, { language }) => ({
      items: settings.loaded().all.map((explained) => settingOf(explained, language)),
    })),
    implement(contract.changeSetting, async ({ params, body }, { caller, language }) => {
      const changed = await settings.change(requirePermission('system:configure', caller), params.key, body.value);
      return settingOf(changed, language);
    }),
    implement(contract.resetSetting, async ({ params }, { caller, language }) =>
      settingOf(await settings.reset(requirePermission('system:configure', caller), params.key), language),
    ),
    implement(contract.exportSettings, async () => fileOf(settings.stored())),
    implement(contract.importSettings, async ({ body }, { caller, language }) => {
      const actor = requirePermission('system:configure', caller);
      const { applied, rows } = await settings.takeOver(actor, body.settings.values, body.dryRun);
      const replaced = rows
        .filter(({ outcome }) => outcome === 'changed')
        .map(({ key, before }) => [key, before ?? null]);
      return {
        applied,
        rows: rows.map(({ error, before, ...row }) => ({
          ...row,
          before: before ?? null,
          problem: error === null ? null : translators[language].text(error.code, error.params),
        })),
        undo: fileOf(Object.fromEntries(replaced)),
      };
    }),
  ];
}

function fileOf(values: Readonly<Record<string, unknown>>): contract.SettingsFile {
  return { kura: 'settings', version: 1, values };
}
