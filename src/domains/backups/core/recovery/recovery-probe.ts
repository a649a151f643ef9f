/** Whether Kura itself would come back: a backup that is late is told before it is needed. */
import { DAY, HOUR, SECOND } from '#kernel/units';
import type { Probe } from '#platform/health';

import type { RecoveryDesk } from './recovery-desk.ts';

/** Some hours more than the day in which each installation runs at least once. */
const lateSeconds = (DAY + 2 * HOUR) / SECOND;

export function recoveryProbe(recovery: Pick<RecoveryDesk, 'ages'>): Probe {
  return {
    name: 'own-backup',
    run: async () => {
      const { backupSeconds, drillSeconds } = await recovery.ages();
      const drill = drillSeconds === null ? 'never tried' : `tried ${Math.round(drillSeconds)} s ago`;
      // Before the first there is nothing to be late; the verdict of its job says that there is none.
      if (backupSeconds === null) return { state: 'ok', detail: 'none yet' };
      const state = backupSeconds > lateSeconds ? 'degraded' : 'ok';
      return { state, detail: `${Math.round(backupSeconds)} s old, ${drill}` };
    },
  };
}
