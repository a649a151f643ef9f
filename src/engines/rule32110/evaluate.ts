/** The 3-2-1-1-0 verdict: a function of the register, the policy and the time, and of nothing else. */
import { type Instant, instant } from '#kernel/brands';

import { freshnessLimitMs, standingOf } from './copy-standing.ts';
import { countDigits } from './counted-digits.ts';
import { errorsDigit, verificationDueAt } from './errors-digit.ts';
import { goalTurn, goalWarnings } from './goal-warnings.ts';
import type { RulePolicy } from './policy.ts';
import type { ProtectedJob, RegisteredCopy } from './register.ts';
import { digitNames, type Verdict, type VerdictStatus } from './verdict.ts';
import { warningsOf } from './warnings.ts';

export interface RuleInput {
  readonly job: ProtectedJob;
  /** All registered copies of the job, in any order. */
  readonly copies: readonly RegisteredCopy[];
  readonly policy: RulePolicy;
  readonly now: Instant;
}

/** Copies that are not enabled are left out; a copy may carry several digits; equal places count once. */
export function evaluate(input: RuleInput): Verdict {
  const now = Date.parse(input.now);
  const verdict = verdictAt(input, now);
  const flip = turningPoints(input, now).find((time) => outcome(verdictAt(input, time)) !== outcome(verdict));
  return { ...verdict, validUntil: flip === undefined ? null : instant(new Date(flip)) };
}

function verdictAt({ job, copies, policy }: RuleInput, now: number): Verdict {
  const standings = sorted(copies).map((copy) => standingOf(copy, policy, now));
  const digits = {
    ...countDigits(job, standings, policy),
    errors: errorsDigit(job, standings, { policy, now }),
  };
  const warnings = [...warningsOf(standings, { digits, policy }), ...goalWarnings(job.goals, policy, now)];
  const judged = { digits, warnings };
  return {
    jobId: job.id,
    status: isPaused(job, now) ? 'paused' : statusOf(judged),
    ...judged,
    productionCounted: policy.productionCounts,
    validUntil: null,
    evaluatedAt: instant(new Date(now)),
  };
}

function isPaused({ active, pausedUntil }: ProtectedJob, now: number): boolean {
  return !active || (pausedUntil !== null && Date.parse(pausedUntil) > now);
}

function sorted(copies: readonly RegisteredCopy[]): readonly RegisteredCopy[] {
  return copies.filter((copy) => copy.enabled).toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

function statusOf({ digits, warnings }: Pick<Verdict, 'digits' | 'warnings'>): VerdictStatus {
  const states = new Set(digitNames.map((name) => digits[name].state));
  if (states.has('fail')) return 'non_compliant';
  if (states.has('unknown')) return 'unknown';
  return warnings.some((warning) => warning.severity === 'warning') ? 'warning' : 'compliant';
}

/** What must change for a verdict to count as another one. */
function outcome({ status, digits }: Verdict): string {
  return status === 'paused' ? status : [status, ...digitNames.map((name) => digits[name].state)].join(' ');
}

/** Every later instant from which on one of the comparisons with the clock gives another answer, in order. */
function turningPoints({ job, copies, policy }: RuleInput, now: number): readonly number[] {
  const points = copies.flatMap((copy) => {
    const due = verificationDueAt(copy);
    return [
      ...(copy.lastRun === null ? [] : reportPoints(copy.lastRun.finishedAt, policy)),
      ...(copy.lastRun === null
        ? []
        : [Date.parse(copy.lastRun.finishedAt) + Math.floor(freshnessLimitMs(copy, policy)) + 1]),
      ...(copy.lastVerification === null ? [] : reportPoints(copy.lastVerification.finishedAt, policy)),
      ...(due === undefined ? [] : [Math.floor(due) + 1]),
      ...[copy.retainedUntil, copy.lockedUntil].flatMap((until) => (until === null ? [] : [Date.parse(until)])),
    ];
  });
  const ofJob = [job.pausedUntil === null ? undefined : Date.parse(job.pausedUntil), goalTurn(job.goals)];
  points.push(...ofJob.filter((point) => point !== undefined));
  return [...new Set(points)].filter((time) => time > now).toSorted((a, b) => a - b);
}

/** When a report from the future becomes believable. */
function reportPoints(reported: Instant, { clockToleranceMs }: RulePolicy): readonly number[] {
  return [Date.parse(reported) - clockToleranceMs];
}
