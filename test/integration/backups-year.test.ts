/**
 * A year of a house with ten jobs, day by day, over everything that Kura has: what the script makes happen
 * (house-year/script.ts) must give the verdicts, alerts, tickets, swaps and reports that follow from the rules
 * (house-year/expected.ts). From 1 December to 30 November, with a leap day and both changes of the clocks. On SQLite;
 * `KURA_YEAR_DATABASE=postgres` takes PostgreSQL, which needs some minutes.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startPostgres } from '#stand-ins/postgres';

import { firstDay } from './house-year/calendar.ts';
import { alertsOpenOn, alertsRaisedOn, digitsOn, dueTapeOn, figuresOn, ticketsOpenOn } from './house-year/expected.ts';
import { missedBefore, reportOfMonth } from './house-year/expected-reports.ts';
import { openHouse } from './house-year/open-house.ts';
import { playYear } from './house-year/play-year.ts';
import {
  digitsOf,
  dueTape,
  missedOfTargets,
  monthlyReport,
  openAlerts,
  openTickets,
  raisedAlerts,
  shownFigures,
  shownTrend,
} from './house-year/state-of.ts';

// Before the first test: what the runner does to watch tests would cost as much as the year itself.
const differences = await liveThroughTheYear();

describe('a year of a house', () => {
  for (const [what, found] of Object.entries(differences)) {
    it(`shows on each day the ${what} that follow from what happened`, () => {
      assert.equal(found.length, 0, found.slice(0, 30).join('\n'));
    });
  }
});

async function liveThroughTheYear() {
  const found: Record<'verdicts' | 'alerts' | 'tickets' | 'swaps' | 'reports' | 'figures' | 'targets', string[]> = {
    verdicts: [],
    alerts: [],
    tickets: [],
    swaps: [],
    reports: [],
    figures: [],
    targets: [],
  };
  function compare(what: keyof typeof found, day: string, is: object | string, should: object | string): void {
    const [seen, wanted] = [JSON.stringify(is), JSON.stringify(should)];
    if (seen !== wanted) found[what].push(`${day}\n  is     ${seen}\n  should ${wanted}`);
  }
  await using stack = new AsyncDisposableStack();
  const isOnPostgres = process.env['KURA_YEAR_DATABASE'] === 'postgres';
  const url = isOnPostgres ? await stack.use(await startPostgres()).createDatabase() : undefined;
  const house = stack.use(await openHouse(url));
  await playYear(house, async (day, visit) => {
    if (visit === '05:00') compare('swaps', day, await dueTape(house), dueTapeOn(day));
    if (visit === '12:00' && day.endsWith('-01') && day > firstDay) {
      const { month, is } = await monthlyReport(house);
      compare('reports', month, is, reportOfMonth(month));
      compare('targets', day, await missedOfTargets(house), missedBefore(day));
    }
    if (visit !== '23:30') return;
    compare('verdicts', day, await digitsOf(house), digitsOn(day));
    compare('figures', day, await shownFigures(house), figuresOn(day));
    compare('alerts', day, await openAlerts(house), alertsOpenOn(day));
    // On the first day everything is registered, and nothing is good before it is.
    if (day > firstDay) compare('alerts', day, await raisedAlerts(house, day), alertsRaisedOn(day));
    compare('tickets', day, await openTickets(house), ticketsOpenOn(day));
  });
  for (const [day, figures] of await shownTrend(house)) compare('figures', `trend ${day}`, figures, figuresOn(day));
  return found;
}
