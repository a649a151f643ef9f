/** How failed logins add up to a lock (P-036): pure, so that every path counts the same way. Times in milliseconds. */
export interface AttemptState {
  readonly failures: number;
  /** How many locks there were in a row; each doubles the next. */
  readonly level: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}

export interface AttemptLimits {
  /** Failures that lead to a lock. */
  readonly allowed: number;
  readonly lockMs: number;
  readonly longestLockMs: number;
  /** After so long without a failure or lock everything is forgotten. */
  readonly quietMs: number;
}

export interface ChargedAttempt {
  readonly state: AttemptState;
  /** Whether the attempt counts at all; while locked even the right password does not. */
  readonly admitted: boolean;
  /** Whether this attempt, unless it succeeds, is the one that locks. */
  readonly locks: boolean;
}

/**
 * An attempt is charged as a failure before it is looked at, and forgiven when it succeeds: many at the same moment
 * cannot all slip through between reading the counter and writing it.
 */
export function chargeAttempt(before: AttemptState | undefined, now: number, limits: AttemptLimits): ChargedAttempt {
  if (before !== undefined && now < before.lockedUntil) return { state: before, admitted: false, locks: false };
  const { failures, level } = before === undefined || isQuiet(before, now, limits) ? fresh : before;
  if (failures + 1 < limits.allowed) {
    return { state: { failures: failures + 1, level, lastAt: now, lockedUntil: 0 }, admitted: true, locks: false };
  }
  const lockedUntil = now + Math.min(limits.lockMs * 2 ** level, limits.longestLockMs);
  return { state: { failures: 0, level: level + 1, lastAt: now, lockedUntil }, admitted: true, locks: true };
}

const fresh = { failures: 0, level: 0 };

function isQuiet({ lastAt, lockedUntil }: AttemptState, now: number, { quietMs }: AttemptLimits): boolean {
  return now - Math.max(lastAt, lockedUntil) > quietMs;
}
