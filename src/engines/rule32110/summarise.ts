import type { Instant } from '#kernel/brands';

import { type DigitName, type DigitState, digitNames, type Verdict, type VerdictStatus } from './verdict.ts';

export interface RuleSummary {
  /** All jobs, the paused ones included. */
  readonly total: number;
  readonly byStatus: Readonly<Record<VerdictStatus, number>>;
  /** Compliant jobs per hundred that are not paused, two decimals; null ("n/a") when there is none. */
  readonly ratePercent: number | null;
  /** States of each digit over the jobs that are not paused. */
  readonly digits: Readonly<Record<DigitName, Readonly<Record<DigitState, number>>>>;
  /** When the first of these verdicts flips if nothing happens. */
  readonly validUntil: Instant | null;
}

/** The current state of an organisation; a job with a warning does not count as compliant (spec/backups.md B-056, B-060). */
export function summarise(verdicts: readonly Verdict[]): RuleSummary {
  const judged = verdicts.filter((verdict) => verdict.status !== 'paused');
  const byStatus = {
    compliant: countStatus(verdicts, 'compliant'),
    warning: countStatus(verdicts, 'warning'),
    non_compliant: countStatus(verdicts, 'non_compliant'),
    unknown: countStatus(verdicts, 'unknown'),
    paused: countStatus(verdicts, 'paused'),
  };
  return {
    total: verdicts.length,
    byStatus,
    ratePercent: judged.length === 0 ? null : Math.round((byStatus.compliant / judged.length) * 10_000) / 100,
    digits: digitStates(judged),
    validUntil: judged.flatMap(({ validUntil }) => validUntil ?? []).toSorted()[0] ?? null,
  };
}

function countStatus(verdicts: readonly Verdict[], status: VerdictStatus): number {
  return verdicts.filter((verdict) => verdict.status === status).length;
}

function digitStates(verdicts: readonly Verdict[]): RuleSummary['digits'] {
  const states = { copies: none(), media: none(), offsite: none(), offline: none(), errors: none() };
  for (const { digits } of verdicts) {
    for (const name of digitNames) states[name][digits[name].state] += 1;
  }
  return states;
}

function none(): Record<DigitState, number> {
  return { pass: 0, fail: 0, unknown: 0 };
}
