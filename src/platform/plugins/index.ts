/** Plugins as a service of the platform (P-090): what lies there, what somebody allowed, what failed too often (ADR 0038). */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { pluginCommands } from './cli/plugin-commands.ts';
export type { PluginFiles, PluginManifest } from './core/plugin-folder.ts';
export { pluginProbe } from './core/plugin-probe.ts';
export { createPlugins, type Plugin, type Plugins, type PluginsDeps } from './core/plugins.ts';
export { pluginRoutes } from './http/plugin-handlers.ts';
export { pluginMigrations } from './store/plugin-store.ts';
export const pluginMessages: Catalogues = { en, ja };
