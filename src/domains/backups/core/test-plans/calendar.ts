/** When a test is due: days of the house's calendar, counted from the day it began, so that nothing drifts. */
import { addMonths, dayNumber, dayOf } from '#engines/rotation';

import type { TestFrequency } from '../../contract/index.ts';

/** A day as YYYY-MM-DD; sorts as text. */
export type Day = string;

const monthsOf: Readonly<Record<Exclude<TestFrequency, 'weekly'>, number>> = {
  monthly: 1,
  quarterly: 3,
  'semi-annual': 6,
  annual: 12,
};

/** The first day it is due that comes after `after`. */
export function nextDueAfter(startsOn: Day, frequency: TestFrequency, after: Day): Day {
  if (startsOn > after) return startsOn;
  const elapsed = daysBetween(startsOn, after);
  // Never past the wanted one: months are at most 31 days long.
  const step = frequency === 'weekly' ? 7 : 31 * monthsOf[frequency];
  let count = Math.floor(elapsed / step);
  let due = occurrence(startsOn, frequency, count);
  while (due <= after) {
    count += 1;
    due = occurrence(startsOn, frequency, count);
  }
  return due;
}

/** All days it is due from `from` to `until`, both included; none before `first`. */
export function dueDays(
  { startsOn, frequency, first }: { startsOn: Day; frequency: TestFrequency; first: Day },
  from: Day,
  until: Day,
): readonly Day[] {
  const days: Day[] = [];
  const start = from > first ? from : first;
  for (let day = nextDueAfter(startsOn, frequency, addDays(start, -1)); day <= until; ) {
    days.push(day);
    day = nextDueAfter(startsOn, frequency, day);
  }
  return days;
}

/**
 * From when on a passed test counts for the day it is due: seven days before, for weekly tests two. Earlier ones are
 * welcome and move nothing.
 */
export function countsFrom(dueOn: Day, frequency: TestFrequency): Day {
  return addDays(dueOn, frequency === 'weekly' ? -2 : -7);
}

export function addDays(day: Day, days: number): Day {
  return dayOf(dayNumber(day) + days);
}

export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

function occurrence(startsOn: Day, frequency: TestFrequency, count: number): Day {
  if (frequency === 'weekly') return addDays(startsOn, 7 * count);
  return dayOf(addMonths(dayNumber(startsOn), monthsOf[frequency] * count));
}
