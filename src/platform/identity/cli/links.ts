import type { CommandContext } from '#platform/cli';

/** The address to hand on; without a known server only its path. */
export function linkUrl(path: string, baseUrl: string | undefined, context: CommandContext<unknown>): string {
  const base = baseUrl ?? context.globals.server ?? '';
  return `${base.replace(/\/$/, '')}${path}`;
}
