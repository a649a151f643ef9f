/** The year, visit by visit. */
import { dayAfter, daysOfYear, firstDay, instantOf, weekdayOf } from './calendar.ts';
import { ownJob } from './house.ts';
import { letTimePass } from './let-time-pass.ts';
import type { House } from './open-house.ts';
import { handInReports, playDay, testCopies, type Visit } from './play-day.ts';

const visits: readonly Visit[] = ['05:00', '12:00', '23:30'];

export type Look = (day: string, visit: Visit) => Promise<void>;

/** To the evening of the last day; `look` comes after each visit. */
export async function playYear(house: House, look: Look, days: readonly string[] = daysOfYear()): Promise<void> {
  await using _alerts = house.context.events.subscribe(house.context.alerts.subscriber);
  await tellThePast(house);
  await letTimePass(house.context);
  for (const day of days) {
    if (weekdayOf(day) === 7) await goTo(house, instantOf(day, ownJob.time));
    for (const visit of visits) {
      house.clock.at = instantOf(day, visit);
      await playDay(house, day, visit);
      await letTimePass(house.context);
      await look(day, visit);
    }
  }
}

/** The house was there before: what ran in its last week, and that it was tested. */
async function tellThePast(house: House): Promise<void> {
  for (let ago = 7; ago > 0; ago -= 1) {
    for (const visit of visits) await handInReports(house, dayAfter(firstDay, -ago), visit);
  }
  await testCopies(house, dayAfter(firstDay, -1));
}

/** Kura runs its own job itself. */
async function goTo({ clock, context }: House, at: number): Promise<void> {
  clock.at = at;
  await letTimePass(context);
}
