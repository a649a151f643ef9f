/** Whether the directory can be asked, and how long its certificates still hold. */
import type { Clock } from '#kernel/clock';
import { DAY, SECOND } from '#kernel/units';
import type { Probe } from '#platform/health';

import type { Directory, DirectoryServerState } from './directory.ts';

const endsSoonMs = 21 * DAY;
/** Less than a probe may take, so that the servers that do answer are still told. */
const patienceMs = 4 * SECOND;

/** Never `failed`: accounts of Kura itself log in without a directory. */
export function directoryProbe(source: Pick<Directory, 'check'>, clock: Clock): Probe {
  return {
    name: 'directory',
    run: async (signal) => {
      const servers = await source.check(AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]));
      const isGood = servers.every((server) => server.error === undefined && !endsSoon(server, clock.now()));
      return { state: isGood ? 'ok' : 'degraded', detail: servers.map(tell).join('; ') };
    },
  };
}

function endsSoon({ certificateEndsAt }: DirectoryServerState, now: number): boolean {
  return certificateEndsAt !== undefined && certificateEndsAt - now < endsSoonMs;
}

function tell({ server, error, certificateEndsAt }: DirectoryServerState): string {
  if (error !== undefined) return `${server}: ${error.code}`;
  const until = certificateEndsAt === undefined ? 'no TLS' : `certificate until ${dayOf(certificateEndsAt)}`;
  return `${server}: ${until}`;
}

function dayOf(time: number): string {
  return Number.isNaN(time) ? '?' : new Date(time).toISOString().slice(0, 10);
}
