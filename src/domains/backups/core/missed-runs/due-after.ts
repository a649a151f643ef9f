/** Until when the next run must have come (B-110). A failed run is a run: that it failed is told by itself. */
import { defaultPolicy } from '#engines/rule32110';
import { type Instant, instant } from '#kernel/brands';
import { DAY, HOUR } from '#kernel/units';

import { nextTimes } from '../schedules/due-times.ts';
import { byInterval, type Rhythm } from '../schedules/rhythm.ts';

export interface Expected {
  /** Hours between runs of the job; counts where no pattern was given. */
  readonly everyHours: number;
  /** Days between rotations; null for a copy that stays connected. */
  readonly rotationDays: number | null;
  readonly rhythm: Rhythm | undefined;
}

const longestGraceMs = 6 * HOUR;

/**
 * After a run that ended at `last`, or after the copy was registered then; null for a pattern that has no time left. Without
 * anything said it is 1.5 times the interval: 36 hours for daily backups.
 * @throws KuraError `schedule.bad-timing`.
 */
export function dueAfter({ everyHours, rotationDays, rhythm = byInterval }: Expected, last: string): Instant | null {
  const since = Date.parse(last);
  // What the rule allows a rotation besides, by default.
  if (rotationDays !== null) return instant(new Date(since + rotationDays * DAY + defaultPolicy.rotationGraceMs));
  if (rhythm.pattern !== null) return dueByPattern(rhythm.pattern, rhythm, since);
  return instant(new Date(since + everyHours * HOUR + (rhythm.graceMs ?? (everyHours * HOUR) / 2)));
}

/** A run that began a little early stands for the time it was meant for: a quarter of the way to it counts as being there. */
function dueByPattern(
  pattern: NonNullable<Rhythm['pattern']>,
  { holidays, graceMs, leastGraceMs }: Rhythm,
  since: number,
): Instant | null {
  const [first, second] = nextTimes(pattern, holidays, since, 2).map((at) => Date.parse(at));
  if (first === undefined) return null;
  const gapMs = second === undefined ? longestGraceMs : second - first;
  const isEarly = second !== undefined && first - since < gapMs / 4;
  const grace = graceMs ?? Math.max(leastGraceMs, Math.min(longestGraceMs, gapMs / 2));
  return instant(new Date((isEarly ? second : first) + grace));
}
