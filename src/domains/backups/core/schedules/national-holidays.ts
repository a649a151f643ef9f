/**
 * Public holidays of Japan by the law in force since 2022 (国民の祝日に関する法律, 昭和 23 年法律第 178 号): fixed days, Mondays,
 * the two equinoxes, the day after a holiday on a Sunday (§3-2), and a day between two holidays (§3-3).
 * The equinoxes of a year are announced in the February before it; those of later years are computed as in 新こよみ便利帳
 * (暦計算研究会, 1991), which holds for 1980 to 2099.
 */
import { DAY } from '#kernel/units';

export interface NationalHoliday {
  /** `2026-01-01`. */
  readonly day: string;
  readonly title: string;
}

const fixedDays: ReadonlyArray<readonly [day: string, title: string]> = [
  ['01-01', '元日'],
  ['02-11', '建国記念の日'],
  ['02-23', '天皇誕生日'],
  ['04-29', '昭和の日'],
  ['05-03', '憲法記念日'],
  ['05-04', 'みどりの日'],
  ['05-05', 'こどもの日'],
  ['08-11', '山の日'],
  ['11-03', '文化の日'],
  ['11-23', '勤労感謝の日'],
];
/** The second or third Monday of a month. */
const mondays: ReadonlyArray<readonly [month: number, which: number, title: string]> = [
  [1, 2, '成人の日'],
  [7, 3, '海の日'],
  [9, 3, '敬老の日'],
  [10, 2, 'スポーツの日'],
];

/** All public holidays of Japan in these years, by day. @param from 2022 or later. @param to 2099 or before. */
export function holidaysOfJapan(from: number, to: number): readonly NationalHoliday[] {
  const years = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
  return years.flatMap((year) => inYear(year));
}

function inYear(year: number): readonly NationalHoliday[] {
  const named = new Map([
    ...fixedDays.map(([day, title]) => [`${year}-${day}`, title] as const),
    ...mondays.map(([month, which, title]) => [nthMonday(year, month, which), title] as const),
    [`${year}-03-${equinox(year, 20.8431)}`, '春分の日'] as const,
    [`${year}-09-${equinox(year, 23.2488)}`, '秋分の日'] as const,
  ]);
  const all = new Map(named);
  for (const day of [...named.keys()].toSorted()) {
    if (new Date(day).getUTCDay() === 0) all.set(firstFreeAfter(day, named), '振替休日');
  }
  for (const day of named.keys()) {
    const between = shifted(day, 1);
    if (!all.has(between) && named.has(shifted(day, 2))) all.set(between, '国民の休日');
  }
  return [...all].map(([day, title]) => ({ day, title })).toSorted((one, other) => (one.day < other.day ? -1 : 1));
}

function nthMonday(year: number, month: number, which: number): string {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const monday = ((8 - first) % 7) + 1 + (which - 1) * 7;
  return new Date(Date.UTC(year, month - 1, monday)).toISOString().slice(0, 10);
}

/** @param base Of the equinox in 1980. */
function equinox(year: number, base: number): number {
  const since = year - 1980;
  return Math.floor(base + 0.242194 * since - Math.floor(since / 4));
}

function firstFreeAfter(day: string, holidays: ReadonlyMap<string, string>): string {
  let next = shifted(day, 1);
  while (holidays.has(next)) next = shifted(next, 1);
  return next;
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}
