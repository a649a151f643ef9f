/** Grandfather, father, son by the calendar: which turn a day has follows from the day alone. */
import { dayOf, monthOf, weekdayOf } from './calendar-day.ts';
import type { GfsScheme, RotationPlan } from './rotation-plan.ts';

const weeksOfAMonth = 6;

/** The position due on a day, or undefined when the medium before stays. */
export function gfsPosition(scheme: GfsScheme, { holidays }: RotationPlan, day: number): string | undefined {
  if (holidays.has(dayOf(day))) return undefined;
  if (weeklyDay(scheme, holidays, mondayOf(day)) === day) return weeklyPosition(scheme, holidays, day);
  const weekday = weekdayOf(day);
  return scheme.sons.includes(weekday) ? `son-${weekday}` : undefined;
}

/** A father whose day is a holiday goes in on the last working day before, in the place of that day's son. */
function weeklyDay(scheme: GfsScheme, holidays: ReadonlySet<string>, monday: number): number | undefined {
  const wanted = monday + scheme.fatherOn - 1;
  for (let day = wanted; day >= monday; day -= 1) {
    const takesPart = day === wanted || scheme.sons.includes(weekdayOf(day));
    if (takesPart && !holidays.has(dayOf(day))) return day;
  }
  return undefined;
}

function weeklyPosition(scheme: GfsScheme, holidays: ReadonlySet<string>, day: number): string {
  const month = monthOf(day);
  const inMonth = weeklyDaysAround(scheme, holidays, day).filter((one) => monthOf(one) === month);
  if (scheme.grandfathers === 0 || inMonth.at(-1) !== day) return `father-${inMonth.indexOf(day) + 1}`;
  const isDecember = month % 12 === 11;
  if (isDecember && scheme.yearly > 0) return `yearly-${(Math.floor(month / 12) % scheme.yearly) + 1}`;
  return `grandfather-${(month % scheme.grandfathers) + 1}`;
}

function weeklyDaysAround(scheme: GfsScheme, holidays: ReadonlySet<string>, day: number): readonly number[] {
  const monday = mondayOf(day);
  const weeks = Array.from({ length: 2 * weeksOfAMonth + 1 }, (_, index) => monday + 7 * (index - weeksOfAMonth));
  return weeks.flatMap((start) => weeklyDay(scheme, holidays, start) ?? []);
}

function mondayOf(day: number): number {
  return day - weekdayOf(day) + 1;
}
