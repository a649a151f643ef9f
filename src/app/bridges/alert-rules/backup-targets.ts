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

const units = { 'success-rate': '%', age: 'h', duration: 'min' } as const;

function inUnit(what: keyof typeof units, value: number | null): string {
  return value === null ? '–' : `${value} ${units[what]}`;
}
