/** When the runs of a job are due: as somebody said, else by its schedule; whoever has neither goes by the interval. */
import { HOUR, MINUTE } from '#kernel/units';
import type { ReadTables } from '#platform/db';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findExpectations } from '../../store/missed-run-store.ts';
import { findHolidays, findSchedules, type StoredSchedule } from '../../store/schedule-store.ts';
import type { Holidays, Pattern } from './due-times.ts';

export interface Rhythm {
  /** Null: every so many hours, as the job says. */
  readonly pattern: Pattern | null;
  /** Days on which nothing is due by the pattern. */
  readonly holidays: Holidays;
  /** How late a run may end; undefined for half of the pause, of a pattern at most six hours. */
  readonly graceMs: number | undefined;
  /** What is given at least where nobody said how late it may be. */
  readonly leastGraceMs: number;
}

export const byInterval: Rhythm = { pattern: null, holidays: new Set(), graceMs: undefined, leastGraceMs: 0 };

/** By key of the job; those without any go by their interval. */
export async function loadRhythms(
  reads: ReadTables<BackupsTables>,
  keys?: readonly string[],
): Promise<ReadonlyMap<string, Rhythm>> {
  const days = Map.groupBy(await findHolidays(reads), ({ calendar }) => calendar);
  const calendars = new Map([...days].map(([calendar, some]) => [calendar, new Set(some.map(({ day }) => day))]));
  function holidaysOf(calendar: string | null): Holidays {
    return calendars.get(calendar ?? '') ?? byInterval.holidays;
  }
  const rhythms = new Map<string, Rhythm>();
  for (const schedule of await findSchedules(reads, keys)) {
    if (schedule.enabled) rhythms.set(schedule.job, ofSchedule(schedule, holidaysOf(schedule.rules.skipHolidays)));
  }
  for (const [job, { cron, zone, graceMinutes, skipHolidays }] of await findExpectations(reads, keys)) {
    const graceMs = graceMinutes === null ? undefined : graceMinutes * MINUTE;
    const scheduled = rhythms.get(job);
    if (cron !== null) {
      rhythms.set(job, { ...byInterval, pattern: { cron, zone }, holidays: holidaysOf(skipHolidays), graceMs });
    } else rhythms.set(job, { ...(scheduled ?? byInterval), graceMs: graceMs ?? scheduled?.graceMs });
  }
  return rhythms;
}

/** It may wait for its window or for another job before it begins. */
function ofSchedule({ cron, zone, rules }: StoredSchedule, holidays: Holidays): Rhythm {
  const waits = rules.window !== null || rules.after !== null;
  const leastGraceMs = HOUR + (waits ? rules.waitMinutes * MINUTE : 0);
  return { pattern: { cron, zone }, holidays, graceMs: undefined, leastGraceMs };
}
