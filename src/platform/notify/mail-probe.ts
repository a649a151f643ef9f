/** Whether mails leave the house: judged by what became of them, so that nobody is asked for it. */
import { instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { DAY, MINUTE } from '#kernel/units';
import type { Database } from '#platform/db';
import type { Probe } from '#platform/health';

import { countMails } from './mail-store.ts';

/** Longer than the longest pause between two tries. */
const waitsTooLongMs = 20 * MINUTE;

/** Never `failed`: everything but mail works without it. */
export function mailProbe(database: Database, clock: Clock): Probe {
  return {
    name: 'mail',
    run: async () => {
      const now = clock.now();
      const [dayAgo, tooLongAgo] = [now - DAY, now - waitsTooLongMs].map((at) => instant(new Date(at)));
      const failed = await countMails(database, { state: 'failed', after: dayAgo });
      const waiting = await countMails(database, { state: 'queued', before: tooLongAgo });
      const state = failed + waiting === 0 ? 'ok' : 'degraded';
      return { state, detail: `${failed} failed within a day, ${waiting} waiting for long` };
    },
  };
}
