/** Which copies may be relied on at an instant, and why the others may not (spec/backups.md §1.3.2). */
import { HOUR } from '#kernel/units';

import type { RulePolicy } from './policy.ts';
import type { CarrierState, RegisteredCopy } from './register.ts';
import type { Finding } from './verdict.ts';

export interface CopyStanding {
  readonly copy: RegisteredCopy;
  /** `uncertain`: it would count if a report that cannot be believed were right. */
  readonly standing: 'qualifies' | 'uncertain' | 'excluded';
  /** Why it does not qualify; null when it does. */
  readonly obstacle: Finding | null;
  readonly offline: 'yes' | 'no' | 'unknown';
}

const gone: ReadonlySet<CarrierState> = new Set(['quarantine', 'lost', 'retired', 'destroyed', 'disabled']);

export function standingOf(copy: RegisteredCopy, policy: RulePolicy, now: number): CopyStanding {
  const obstacle = obstacleOf(copy, policy, now);
  const uncertain = obstacle?.code === 'rule32110.copy-future';
  const doubtful = uncertain ? 'uncertain' : 'excluded';
  return {
    copy,
    obstacle,
    standing: obstacle === null ? 'qualifies' : doubtful,
    offline: offlineState(copy, policy, now),
  };
}

export function freshnessLimitMs(copy: RegisteredCopy, policy: RulePolicy): number {
  return copy.rotationIntervalMs === null
    ? policy.freshnessFactor * copy.expectedIntervalMs
    : copy.rotationIntervalMs + policy.rotationGraceMs;
}

/** Whether a reported time lies further ahead than clocks may differ. */
export function isFuture(reported: string, policy: RulePolicy, now: number): boolean {
  return Date.parse(reported) - now > policy.clockToleranceMs;
}

/** A copy whose carrier will not come back is no copy any more, neither to count nor to repair. */
export function isGone(copy: RegisteredCopy): boolean {
  return gone.has(copy.carrier);
}

function obstacleOf(copy: RegisteredCopy, policy: RulePolicy, now: number): Finding | null {
  const about = { copy: copy.id };
  if (isGone(copy)) return { code: 'rule32110.copy-gone', params: { ...about, state: copy.carrier } };
  if (copy.lastRun === null) return { code: 'rule32110.copy-never-run', params: about };
  if (policy.encryption === 'required' && !copy.encrypted) {
    return { code: 'rule32110.copy-not-encrypted', params: about };
  }
  const { result, finishedAt } = copy.lastRun;
  if (result === 'failed') return { code: 'rule32110.copy-failed', params: about };
  if (result === 'warning' && !policy.warningQualifies) return { code: 'rule32110.copy-warned', params: about };
  if (copy.retainedUntil !== null && Date.parse(copy.retainedUntil) <= now) {
    return { code: 'rule32110.copy-expired', params: about };
  }
  if (isFuture(finishedAt, policy, now)) return { code: 'rule32110.copy-future', params: about };
  const age = now - Date.parse(finishedAt);
  const limit = freshnessLimitMs(copy, policy);
  if (age <= limit) return null;
  return {
    code: 'rule32110.copy-stale',
    params: { ...about, ageHours: Math.floor(age / HOUR), limitHours: Math.floor(limit / HOUR) },
  };
}

function offlineState(copy: RegisteredCopy, policy: RulePolicy, now: number): CopyStanding['offline'] {
  const locked = copy.lockedUntil !== null && Date.parse(copy.lockedUntil) > now;
  if (copy.carrier === 'stored' || (locked && policy.immutableCountsAsOffline)) return 'yes';
  return copy.carrier === 'unknown' ? 'unknown' : 'no';
}
