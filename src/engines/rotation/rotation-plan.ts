/** How media take turns: the scheme, since when, and the days on which nobody is there. */
import type { Weekday } from './calendar-day.ts';

/**
 * Grandfather, father, son. A son each of its weekdays, a father each week, a grandfather for the last father of a month,
 * a yearly one for the last of a year.
 */
export interface GfsScheme {
  readonly kind: 'gfs';
  /** One medium per weekday. */
  readonly sons: readonly Weekday[];
  /** Whoever is due weekly goes in on this day. */
  readonly fatherOn: Weekday;
  /** 12: each month has its own; 0: the last father of a month is a father like the others. */
  readonly grandfathers: number;
  /** 0: December's is a grandfather like the others. */
  readonly yearly: number;
}

/** Session i uses set min(ctz(i), n − 1): set 1 every second session, set 2 every fourth, … */
export interface HanoiScheme {
  readonly kind: 'hanoi';
  readonly sets: number;
  /** Days of the week with a session. */
  readonly weekdays: readonly Weekday[];
}

/** One after another, and again. */
export interface CycleScheme {
  readonly kind: 'custom';
  readonly media: number;
  readonly every: number;
  readonly unit: 'day' | 'week' | 'month';
}

export type RotationScheme = GfsScheme | HanoiScheme | CycleScheme;

export interface RotationPlan {
  readonly scheme: RotationScheme;
  /** `YYYY-MM-DD`; nothing is due before. */
  readonly startsOn: string;
  /** Days (`YYYY-MM-DD`) on which no medium is changed. */
  readonly holidays: ReadonlySet<string>;
}

/** From `day` on the medium of this position belongs into the drive, until the next turn. */
export interface Turn {
  readonly day: string;
  /** `son-1` (Monday) … `son-7`, `father-1` …, `grandfather-1` …, `yearly-1` …, `set-1` …, `medium-1` …. */
  readonly position: string;
}
