/** Alerts about the 3-2-1-1-0 rule. */
import { backupsEvents } from '#backups';
import type { Severity } from '#platform/notify/contract';

import { type AlertRule, ofJob, on, word } from './alert-rule.ts';

export const ruleRules: readonly AlertRule[] = [
  on(backupsEvents.jobArchived, ({ job }) => ({ clearAbout: { kind: 'job', id: job } })),
  on(backupsEvents.verdictChanged, ({ job, title, from, to, digits }) => {
    const fingerprint = `rule-violated:${job}`;
    if (to !== 'non_compliant' && to !== 'warning') return { clear: fingerprint };
    const missing = Object.entries(digits).filter(([, state]) => state !== 'pass');
    const lost = missing.map(([name]) => word(name));
    return {
      raise: {
        type: 'rule-violated',
        fingerprint,
        severity: severityOfVerdict({ from, to, lost: lost.length }),
        filling: { words: { digits: lost.length === 0 ? [word('nothing')] : lost } },
        ...ofJob({ job, title }),
      },
    };
  }),
];

interface Loss {
  readonly from: string | null;
  readonly to: 'non_compliant' | 'warning';
  readonly lost: number;
}

/** One or two digits may be mended soon; when more of them go, hardly anything protects the data (B-161). */
function severityOfVerdict({ from, to, lost }: Loss): Severity {
  if (to === 'warning') return 'warning';
  // What never had copies is no loss.
  return lost > 2 && from !== null ? 'critical' : 'error';
}
