/** Plugins over HTTP and, in process, for the command line. */
import type { Language } from '#kernel/messages';
import { requirePermission } from '#platform/access';
import { implement, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';
import { actorOfCaller } from '#platform/unit-of-work';

import * as contract from '../contract/index.ts';
import { failuresUntilOff, type Plugin, type Plugins } from '../core/plugins.ts';

export interface PluginRoutesDeps {
  readonly plugins: Plugins;
  readonly translators: Readonly<Record<Language, Translator>>;
}

export function pluginRoutes({ plugins, translators }: PluginRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listPlugins, async (_input, { language }) => ({
      folder: plugins.folder,
      items: (await plugins.list()).map((plugin) => presentPlugin(plugin, language, translators[language])),
    })),
    implement(contract.enablePlugin, async ({ params: { id }, body: { digest } }, { language, caller, requestId }) =>
      presentPlugin(
        await plugins.enable(id, digest, actorOfCaller(requirePermission('system:configure', caller), requestId)),
        language,
        translators[language],
      ),
    ),
    implement(contract.disablePlugin, async ({ params: { id } }, { language, caller, requestId }) =>
      presentPlugin(
        await plugins.disable(id, actorOfCaller(requirePermission('system:configure', caller), requestId)),
        language,
        translators[language],
      ),
    ),
  ];
}

function presentPlugin(
  { id, state, files, fault, row }: Plugin,
  language: Language,
  { text }: Translator,
): contract.PluginView {
  const { manifest, digest } = files ?? {};
  return {
    id,
    name: manifest?.name[language] ?? null,
    version: manifest?.version ?? null,
    kind: manifest?.kind ?? null,
    permissions: (manifest?.permissions ?? []).map((permission) => ({
      permission,
      text: text(`plugins.permission.${permission}`),
    })),
    formats: manifest?.formats ?? null,
    state,
    stateText: text(`plugins.state.${state}`, { fault: fault ?? '', count: failuresUntilOff }),
    digest: digest ?? null,
    failures: row?.failures ?? 0,
    changedAt: row?.changed_at ?? null,
    changedBy: row?.changed_by ?? null,
  };
}
