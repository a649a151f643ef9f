/** Days and times of the year as people in the house say them. */
import { Cron } from 'croner';

export const zone = 'Europe/Berlin';
export const firstDay = '2027-12-01';
const lastDay = '2028-11-30';

/** Nobody works, and no medium is changed; those that fall on a weekend change nothing. */
export const holidays: Readonly<Record<string, string>> = {
  '2027-12-24': 'Christmas Eve',
  '2027-12-31': "New Year's Eve",
  '2028-04-14': 'Good Friday',
  '2028-04-17': 'Easter Monday',
  '2028-05-01': 'Labour Day',
  '2028-05-25': 'Ascension Day',
  '2028-06-05': 'Whit Monday',
  '2028-10-03': 'Unity Day',
};

/** The instant of a time of day in a zone; one that a clock change leaves out is the first one after it. */
export function instantOf(day: string, time: string, inZone: string = zone): number {
  const [hour, minute] = time.split(':');
  const [year, month, date] = day.split('-').map(Number);
  const cron = new Cron(`${Number(minute)} ${Number(hour)} ${date} ${month} *`, { timezone: inZone, paused: true });
  const next = cron.nextRun(new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, (date ?? 1) - 2)));
  if (next === null) throw new RangeError(`${day} ${time}`);
  return next.getTime();
}

export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 1 is Monday. */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7;
}

export function isWorkday(day: string): boolean {
  return weekdayOf(day) <= 5 && holidays[day] === undefined;
}

export function isLastOfMonth(day: string): boolean {
  return dayAfter(day).slice(5, 7) !== day.slice(5, 7);
}

export function isBetween(day: string, from: string, until: string): boolean {
  return day >= from && day < until;
}

export function daysOfYear(): readonly string[] {
  const days: string[] = [];
  for (let day = firstDay; day <= lastDay; day = dayAfter(day)) days.push(day);
  return days;
}
