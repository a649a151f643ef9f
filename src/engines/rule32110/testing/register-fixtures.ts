/** Registers to judge: a good one, and how to spoil it. */
import { type Instant, instant } from '#kernel/brands';
import { DAY, HOUR } from '#kernel/units';

import type { ProtectedJob, RegisteredCopy } from '../register.ts';

export const now: Instant = instant(new Date('2026-11-22T12:00:00.000Z'));

/** The instant `ms` before {@link now}. */
export function ago(ms: number): Instant {
  return instant(new Date(Date.parse(now) - ms));
}

export const job: ProtectedJob = {
  id: 'job',
  site: 'tokyo',
  active: true,
  pausedUntil: null,
  openVerificationErrors: 0,
  goals: { pointMs: null, newestPoint: null, timeMs: null, lastRestoreMs: null, keptMs: null },
};

/** A fresh, verified copy on a disk at the production site. */
export function goodCopy(id: string, facts: Partial<RegisteredCopy> = {}): RegisteredCopy {
  return {
    id,
    enabled: true,
    storage: `place-${id}`,
    mediaKind: 'disk',
    site: 'tokyo',
    encrypted: true,
    reported: false,
    carrier: 'connected',
    expectedIntervalMs: DAY,
    rotationIntervalMs: null,
    lastRun: { result: 'success', finishedAt: ago(2 * HOUR) },
    retainedUntil: null,
    lockedUntil: null,
    verificationEveryMs: 30 * DAY,
    lastVerification: { passed: true, finishedAt: ago(3 * DAY) },
    ...facts,
  };
}

export function cloudCopy(facts: Partial<RegisteredCopy> = {}): RegisteredCopy {
  return goodCopy('cloud', { mediaKind: 'cloud', site: 'osaka', ...facts });
}

/** On a shelf at the production site, changed every week. */
export function tapeCopy(facts: Partial<RegisteredCopy> = {}): RegisteredCopy {
  return goodCopy('tape', { mediaKind: 'tape', carrier: 'stored', rotationIntervalMs: 7 * DAY, ...facts });
}

/** Satisfies the rule with nothing to spare. */
export function goodCopies(): readonly RegisteredCopy[] {
  return [goodCopy('disk'), cloudCopy(), tapeCopy()];
}
