/** The calendar periods an instant belongs to in a time zone: what grandfather-father-son retention counts. */
import type { Instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';

export const periods = ['hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
export type Period = (typeof periods)[number];

/** One name per period; two instants with the same name lie in the same hour, day, ISO week, month or year. */
export type PeriodNames = Readonly<Record<Period, string>>;

/** @throws KuraError invalid `vault.time-zone-unknown`. */
export function createCalendar(timeZone: string): (at: Instant) => PeriodNames {
  const format = formatOf(timeZone);
  return (at) => {
    const parts = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
    const [year = '', month = '', day = ''] = (['year', 'month', 'day'] as const).map((name) => parts.get(name));
    const date = `${year}-${month}-${day}`;
    return {
      // With the offset: the hour that comes twice in autumn is two hours.
      hourly: `${date} ${parts.get('hour')} ${parts.get('timeZoneName')}`,
      daily: date,
      weekly: isoWeek(Number(year), Number(month), Number(day)),
      monthly: `${year}-${month}`,
      yearly: year,
    };
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
  } catch (error) {
    throw new KuraError('invalid', 'vault.time-zone-unknown', { params: { zone: timeZone }, cause: error });
  }
}

/** ISO 8601: weeks begin on Monday and belong to the year of their Thursday. */
function isoWeek(year: number, month: number, day: number): string {
  const date = Date.UTC(year, month - 1, day);
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = new Date(date + (3 - weekday) * DAY);
  const weekYear = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(weekYear, 0, 1)) / (7 * DAY)) + 1;
  return `${weekYear}-W${String(week).padStart(2, '0')}`;
}
