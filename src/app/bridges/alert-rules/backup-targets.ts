/** Alerts about service levels. */
import { backupsEvents } from '#backups';

import { type AlertRule, ofJob, on, word } from './alert-rule.ts';

export const targetRules: readonly AlertRule[] = [
  on(backupsEvents.targetsJudged, ({ missed, kept }) => [
    ...missed.map(({ job, title, what, value, wanted }) => ({
      raise: {
        type: 'sla-violated' as const,
        fingerprint: `sla-violated:${job}`,
        filling: {
          params: { value: inUnit(what, value), wanted: inUnit(what, wanted) },
          words: { what: [word(what)] },
        },
        ...ofJob({ job, title }),
        page: '/backups/service-levels',
      },
    })),
    ...kept.map((job) => ({ clear: `sla-violated:${job}` })),
  ]),
];

function inUnit(what: 'success-rate' | 'age', value: number | null): string {
  if (value === null) return '–';
  return what === 'age' ? `${value} h` : `${value} %`;
}
