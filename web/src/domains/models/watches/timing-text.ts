import type { useTranslation } from 'react-i18next';

import type { WatchView } from '#models/contract';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** `every 6 hours`, or the cron expression with its zone. */
export function timingText(timing: WatchView['timing'], t: ReturnType<typeof useTranslation>['t']): string {
  if (timing.kind === 'cron') return `${timing.cron} (${timing.zone})`;
  return timing.everyMs % HOUR === 0
    ? t('models.watch.every-hours', { hours: timing.everyMs / HOUR })
    : t('models.watch.every-minutes', { minutes: Math.round(timing.everyMs / MINUTE) });
}
