/** What readiness means for the platform (P-054): database writes, free disk, queue, clock. */
import { statfs } from 'node:fs/promises';

import { KuraError } from '#kernel/errors';
import { GIB, MINUTE } from '#kernel/units';
import { breakerProbe } from '#platform/breaker';
import type { Probe } from '#platform/health';
import { isolationProbe } from '#platform/isolation';
import { mailProbe } from '#platform/notify';
import { secretsProbe } from '#platform/secrets';

import type { Platform } from './open-platform.ts';

const lowDiskBytes = GIB;
const staleQueueMs = 15 * MINUTE;
/** Before the first release of this software; a clock that says so is wrong. */
const earliestPlausible = Date.UTC(2026, 0, 1);

export function platformProbes({
  database,
  jobs,
  clock,
  home,
  breakers,
  isolation,
  settings,
  audit,
  secrets,
  storedSecrets,
}: Platform): readonly Probe[] {
  return [
    {
      name: 'database',
      run: async () => {
        const begun = clock.monotonic();
        // An empty transaction still takes the writer and commits, so it fails when nothing can be written.
        await database.transaction(async () => undefined);
        return { state: 'ok', detail: `${database.dialect}, write ${Math.round(clock.monotonic() - begun)} ms` };
      },
    },
    {
      name: 'disk',
      run: async () => {
        const { bavail, bsize } = await statfs(home.root);
        const free = bavail * bsize;
        return { state: free < lowDiskBytes ? 'degraded' : 'ok', detail: `${free} bytes free` };
      },
    },
    {
      name: 'queue',
      run: async () => {
        const waiting = await jobs.list({ status: 'queued', limit: 1000 });
        const due = waiting.map((job) => clock.now() - Date.parse(job.runAfter)).filter((age) => age > 0);
        const oldest = Math.max(0, ...due);
        return {
          state: oldest > staleQueueMs ? 'degraded' : 'ok',
          detail: `${waiting.length} waiting, oldest due ${Math.round(oldest / 1000)} s`,
        };
      },
    },
    mailProbe(database, clock),
    audit.probe,
    secretsProbe({ secrets, storedSecrets, clock }),
    breakerProbe(breakers),
    isolationProbe(isolation, settings.loaded().config.scan.external.length > 0),
    {
      name: 'clock',
      run: async () => {
        if (clock.now() < earliestPlausible) throw new KuraError('unavailable', 'app.clock-wrong');
        return { state: 'ok', detail: new Date(clock.now()).toISOString() };
      },
    },
  ];
}
