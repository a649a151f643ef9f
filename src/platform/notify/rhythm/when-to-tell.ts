/** When somebody is told: at once, after their quiet hours, with the next digest, or not at all. */
import { type Instant, instant } from '#kernel/brands';
import { HOUR } from '#kernel/units';

import { type Digest, type Rhythm, type Severity } from '../contract/index.ts';
import { isSevereEnough } from '../routing/match-rule.ts';
import { endOf, nextAt } from './hours.ts';

/** Undefined: it is not wanted. */
export function whenToTell(rhythm: Rhythm, severity: Severity, now: number): Instant | undefined {
  if (!isSevereEnough(rhythm.minSeverity, severity)) return undefined;
  if (isUrgent(rhythm, severity)) return instant(new Date(now));
  const digest = nextDigest(rhythm.digest, now);
  if (rhythm.quiet === null) return digest;
  // A digest that would come in the night comes in the morning.
  return endOf(rhythm.quiet, Date.parse(digest)) ?? digest;
}

/** When a message that is one too many within the hour may leave; undefined: now. @param sent of the last hour, in ms */
export function whenNextAllowed(maxPerHour: number, sent: readonly number[], now: number): Instant | undefined {
  const recent = sent.filter((at) => at > now - HOUR).toSorted((a, b) => a - b);
  const blocking = recent.at(-maxPerHour);
  return recent.length < maxPerHour || blocking === undefined ? undefined : instant(new Date(blocking + HOUR));
}

function isUrgent({ urgent }: Rhythm, severity: Severity): boolean {
  return urgent !== 'nothing' && isSevereEnough(urgent, severity);
}

function nextDigest(digest: Digest, now: number): Instant {
  if (digest.every === 'hour') return instant(new Date((Math.floor(now / HOUR) + 1) * HOUR));
  const daily = digest.every === 'day' ? nextAt(digest.at, digest.zone, now) : undefined;
  return daily ?? instant(new Date(now));
}
