/** Whether copies that are counted on as locked still are: a lock that ends is told while there is time to renew it. */
import type { Clock } from '#kernel/clock';
import { DAY } from '#kernel/units';
import type { Database } from '#platform/db';
import type { Probe } from '#platform/health';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { type EndingLock, endingLocks } from '../../store/lock-end-store.ts';

const noticeMs = 14 * DAY;

export function locksProbe({ database, clock }: { readonly database: Database; readonly clock: Clock }): Probe {
  return {
    name: 'copy-locks',
    run: async () => {
      const until = new Date(clock.now() + noticeMs).toISOString();
      const ending = await endingLocks(database.tables<BackupsTables>(), until);
      return {
        state: ending.length === 0 ? 'ok' : 'degraded',
        detail: ending.length === 0 ? 'no lock ends within 14 days' : ending.map(told).join(', '),
      };
    },
  };
}

function told({ job, copy, lockedUntil }: EndingLock): string {
  return `${job}/${copy} until ${lockedUntil}`;
}
