import type { Metrics } from '#platform/metrics';

import type { Backups } from './backups.ts';

/** Counts of jobs by the verdict that was last told; no medium is looked for at a scrape. */
export function backupsMetrics(metrics: Metrics, backups: Backups): void {
  metrics.gauge('kura_backups_jobs', 'Backup jobs with a verdict, paused ones included', async () => {
    return (await backups.toldVerdicts()).length;
  });
  metrics.gauge(
    'kura_backups_jobs_not_compliant',
    'Backup jobs whose verdict is non_compliant or unknown',
    async () => {
      const told = await backups.toldVerdicts();
      return told.filter(({ status }) => status === 'non_compliant' || status === 'unknown').length;
    },
  );
  metrics.gauge(
    'kura_own_backup_age_seconds',
    'Age of the newest good backup of Kura itself; NaN before the first',
    async () => (await backups.recovery.ages()).backupSeconds ?? Number.NaN,
  );
  metrics.gauge(
    'kura_own_drill_age_seconds',
    'Time since Kura was last stood up from a backup and held; NaN before the first',
    async () => (await backups.recovery.ages()).drillSeconds ?? Number.NaN,
  );
}
