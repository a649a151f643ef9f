/** Health of the virus scanner: whether it answers, and how old its signatures are. */
import type { Clock } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';
import type { Probe } from '#platform/health';

import type { VirusScanner } from './ports.ts';

/** New ones come every day; after a week nobody fetches them any more. */
const STALE_MS = 7 * DAY;

/** Only for a scanner that is configured: who wants none lacks nothing. */
export function virusScannerProbe(scanner: VirusScanner, clock: Clock): Probe {
  return {
    name: 'virus-scanner',
    run: async (signal) => {
      try {
        const { name, signatures } = await scanner.state(signal);
        if (signatures.date === null) return { state: 'degraded', detail: `${name}, age of the signatures unknown` };
        const days = Math.floor((clock.now() - Date.parse(signatures.date)) / DAY);
        const isStale = clock.now() - Date.parse(signatures.date) > STALE_MS;
        const detail = `${name}, signatures ${signatures.version ?? '?'}, ${days} days old`;
        return { state: isStale ? 'degraded' : 'ok', detail };
      } catch (error) {
        // Files are scanned by Kura itself all the same, so this is no failure of the whole.
        return { state: 'degraded', detail: toKuraError(error).message };
      }
    },
  };
}
