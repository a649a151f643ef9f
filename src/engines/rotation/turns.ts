/** Which medium is due when. */
import { addMonths, dayNumber, dayOf, weekdayOf } from './calendar-day.ts';
import { gfsPosition } from './gfs-turns.ts';
import type { CycleScheme, HanoiScheme, RotationPlan, Turn } from './rotation-plan.ts';

/** The turns from `from` to `to`, both included, in order. */
export function turnsBetween(plan: RotationPlan, from: string, to: string): readonly Turn[] {
  const first = Math.max(dayNumber(from), dayNumber(plan.startsOn));
  const last = dayNumber(to);
  const { scheme } = plan;
  if (scheme.kind === 'gfs') {
    return daysFrom(first, last).flatMap((day) => turnOf(day, gfsPosition(scheme, plan, day)));
  }
  const turns = scheme.kind === 'hanoi' ? hanoiTurns(scheme, plan, last) : cycleTurns(scheme, plan, last);
  return turns.filter(({ day }) => dayNumber(day) >= first);
}

/** The turn that counts on a day: the last one up to it; undefined before the first. */
export function turnOn(plan: RotationPlan, day: string): Turn | undefined {
  if (plan.scheme.kind !== 'gfs') return turnsBetween(plan, plan.startsOn, day).at(-1);
  for (const days of gapDays) {
    const turn = turnsBetween(plan, dayOf(dayNumber(day) - days), day).at(-1);
    if (turn !== undefined) return turn;
  }
  return undefined;
}

/** Grandfather, father, son have a turn each week; nobody is on holiday for a year. */
const gapDays = [14, 366];

function hanoiTurns({ sets, weekdays }: HanoiScheme, { startsOn, holidays }: RotationPlan, last: number): Turn[] {
  const sessions = daysFrom(dayNumber(startsOn), last).filter(
    (day) => weekdays.includes(weekdayOf(day)) && !holidays.has(dayOf(day)),
  );
  return sessions.map((day, index) => ({
    day: dayOf(day),
    position: `set-${Math.min(trailingZeros(index + 1), sets - 1) + 1}`,
  }));
}

/** A turn that falls on a holiday is made on the next working day, unless the next turn comes first. */
function cycleTurns(scheme: CycleScheme, { startsOn, holidays }: RotationPlan, last: number): Turn[] {
  const turns: Turn[] = [];
  const start = dayNumber(startsOn);
  for (let index = 0; cycleDay(scheme, start, index) <= last; index += 1) {
    const nominal = cycleDay(scheme, start, index);
    const before = Math.min(cycleDay(scheme, start, index + 1), last + 1);
    const day = daysFrom(nominal, before - 1).find((one) => !holidays.has(dayOf(one)));
    if (day !== undefined) turns.push({ day: dayOf(day), position: `medium-${(index % scheme.media) + 1}` });
  }
  return turns;
}

function cycleDay({ every, unit }: CycleScheme, start: number, index: number): number {
  if (unit === 'month') return addMonths(start, every * index);
  return start + every * index * (unit === 'week' ? 7 : 1);
}

function turnOf(day: number, position: string | undefined): Turn[] {
  return position === undefined ? [] : [{ day: dayOf(day), position }];
}

function daysFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

function trailingZeros(number: number): number {
  return 31 - Math.clz32(number & -number);
}
