import { mcpRoutes } from '#adapters/mcp';
import type { Language } from '#kernel/messages';
import type { RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';

import type { Platform } from './open-platform.ts';
import { version } from './version.ts';

/** @param handlers all of the server, which the tools of assistants call */
export function assistantRoutes(
  platform: Platform,
  translators: Readonly<Record<Language, Translator>>,
  handlers: () => readonly RouteHandler[],
): readonly RouteHandler[] {
  function publicUrl(): string | undefined {
    return platform.settings.loaded().config.access.publicUrl;
  }
  return mcpRoutes({ ...platform, version, translators, publicUrl, handlers });
}
