/** Days on which nothing runs. */
import { KuraError } from '#kernel/errors';
import type { ReadTables } from '#platform/db';
import type { Actor } from '#platform/unit-of-work';

import type { CalendarBody, CalendarView } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findExpectations } from '../../store/missed-run-store.ts';
import { findHolidays, findSchedules, replaceHolidays } from '../../store/schedule-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { Holidays } from './due-times.ts';
import { holidaysOfJapan, type NationalHoliday } from './national-holidays.ts';

/** No days for null. */
export async function readHolidays(reads: ReadTables<BackupsTables>, calendar: string | null): Promise<Holidays> {
  if (calendar === null) return new Set();
  return new Set((await findHolidays(reads, calendar)).map(({ day }) => day));
}

/** @throws KuraError `backups.calendar-not-found`. */
export async function requireHolidays(reads: ReadTables<BackupsTables>, calendar: string | null): Promise<Holidays> {
  const days = await readHolidays(reads, calendar);
  if (calendar === null || days.size > 0) return days;
  throw new KuraError('not-found', 'backups.calendar-not-found', { params: { calendar } });
}

/** Keys of the jobs whose times skip its days. */
async function jobsBy(reads: ReadTables<BackupsTables>, calendar: string): Promise<readonly string[]> {
  const scheduled = (await findSchedules(reads)).filter(({ rules }) => rules.skipHolidays === calendar);
  const expected = [...(await findExpectations(reads))].filter(([, { skipHolidays }]) => skipHolidays === calendar);
  return [...new Set([...scheduled.map(({ job }) => job), ...expected.map(([job]) => job)])];
}

export async function listCalendars({ database }: BackupsContext): Promise<readonly CalendarView[]> {
  const days = await findHolidays(database.tables<BackupsTables>());
  return [...Map.groupBy(days, ({ calendar }) => calendar)].map(([key, ofIt]) => ({
    key,
    days: ofIt.map(({ day, title }) => ({ day, title })),
  }));
}

const yearsAhead = 20;

/** Of Japan, the one country known; last year's count for what is looked back upon. */
function nationalDays({ clock }: BackupsContext): readonly NationalHoliday[] {
  const year = new Date(clock.now()).getUTCFullYear();
  return holidaysOfJapan(year - 1, year + yearsAhead);
}

/** A calendar without days is removed. @throws KuraError `backups.calendar-in-use`. */
export async function putCalendar(
  context: BackupsContext,
  actor: Actor,
  calendar: string,
  { country, days: given }: CalendarBody,
): Promise<CalendarView> {
  const reads = context.database.tables<BackupsTables>();
  const days = [...(country === undefined ? [] : nationalDays(context)), ...given];
  const users = await jobsBy(reads, calendar);
  if (days.length === 0 && users.length > 0) {
    const params = { calendar, jobs: users.join(', ') };
    throw new KuraError('conflict', 'backups.calendar-in-use', { params });
  }
  const unique = [...new Map(days.map((one) => [one.day, one])).values()];
  await context.unitOfWork.write(actor, async (tx) => {
    await replaceHolidays(
      tx.tables<BackupsTables>(),
      calendar,
      unique.map((one) => ({ ...one, calendar })),
    );
    const subject = { kind: 'backup-calendar', id: calendar, name: calendar };
    await tx.audit({ action: 'backups.put-calendar', subject, result: 'done', after: { days: unique.length } });
  });
  return { key: calendar, days: unique.toSorted((a, b) => (a.day < b.day ? -1 : 1)) };
}
