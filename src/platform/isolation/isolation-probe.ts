/** Health of the isolation. */
import type { Probe } from '#platform/health';

import type { Isolation } from './isolation.ts';

/** Degraded when something that needs it is set up and it is not there; who runs no such programs lacks nothing. */
export function isolationProbe(isolation: Pick<Isolation, 'state'>, isNeeded: boolean): Probe {
  return {
    name: 'isolation',
    run: async (signal) => {
      const { level, version, reason } = await isolation.state(signal);
      const why = reason === null ? '' : `: ${reason.code} ${Object.values(reason.params).join(' ')}`.trimEnd();
      return { state: level === 'bubblewrap' || !isNeeded ? 'ok' : 'degraded', detail: version ?? `${level}${why}` };
    },
  };
}
