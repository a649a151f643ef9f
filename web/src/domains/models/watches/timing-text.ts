import type { WatchView } from '#models/contract';

import type { SayText } from '../../../lib/use-texts.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** `every 6 hours`, or the cron expression with its zone. */
export function timingText(timing: WatchView['timing'], t: SayText): string {
  if (timing.kind === 'cron') return `${timing.cron} (${timing.zone})`;
  return timing.everyMs % HOUR === 0
    ? t('models.watch.every-hours', { hours: timing.everyMs / HOUR })
    : t('models.watch.every-minutes', { minutes: Math.round(timing.everyMs / MINUTE) });
}
