/** Health of plugins. */
import type { Probe } from '#platform/health';

import { isAllowed, type Plugins } from './plugins.ts';

/** Degraded when one that somebody allowed is not asked. */
export function pluginProbe(plugins: Pick<Plugins, 'list'>): Probe {
  return {
    name: 'plugins',
    run: async () => {
      const allowed = (await plugins.list()).filter(isAllowed);
      const silent = allowed.filter(({ state }) => state !== 'on').map(({ id, state }) => `${id}: ${state}`);
      return {
        state: silent.length === 0 ? 'ok' : 'degraded',
        detail: silent.length === 0 ? `${allowed.length} on` : silent.join(', '),
      };
    },
  };
}
