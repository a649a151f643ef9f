/**
 * Every page of backups with the data of the scripted year (test/integration/house-year), at the end of that year, in both
 * languages: none may show a fault, write one into the console, or ask anybody else. `KURA_BENCH_DAYS` makes the year shorter.
 */
import assert from 'node:assert/strict';

import { chromium } from 'playwright-core';

import { startServer } from '#app/serve/start-server';

import { findChromium } from '../test/browser/find-chromium.ts';
import { openPage, type WatchedPage } from '../test/browser/watched-page.ts';
import { daysOfYear } from '../test/integration/house-year/calendar.ts';
import { reportedJobs, tapeLabel } from '../test/integration/house-year/house.ts';
import { type House, openHouse } from '../test/integration/house-year/open-house.ts';
import { playYear } from '../test/integration/house-year/play-year.ts';

const days = daysOfYear().slice(0, Number(process.env['KURA_BENCH_DAYS'] ?? 366));
await using stack = new AsyncDisposableStack();
const house = stack.use(await openHouse());
await playYear(house, async () => undefined, days);
await house.site.addUser('hana', 'admin');
const session = await house.site.logIn('hana');
const server = stack.use(await startServer({ context: house.context, language: 'en' }));
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
stack.defer(() => browser.close());

const plainPages: readonly string[] = [
  'protection',
  'jobs',
  'policies',
  'providers',
  'drills',
  'recovery',
  'test-plans',
  'tickets',
  'runs',
  'reports',
  'documents',
  'evidence',
  'service-levels',
  'media',
  'media/rotation',
  'media/loans',
  'media/places',
];
const pages = await pagesOf(house);
for (const locale of ['en-US', 'ja-JP']) {
  await using visitor = await openPage(browser, server.url, { locale });
  // Machines that do other things besides take their time.
  visitor.page.setDefaultTimeout(120_000);
  await visitor.page.context().addCookies([{ name: 'kura_session', value: session, url: server.url }]);
  // The pages speak of days that have not come yet.
  await visitor.page.clock.setFixedTime(house.clock.at);
  for (const path of pages) assert.equal(await faultOf(visitor, path), undefined, path);
  visitor.assertQuiet();
  console.log(`${locale}: ${pages.length} pages after ${days.length} days, no fault`);
}

async function pagesOf({ context: { backups } }: House): Promise<readonly string[]> {
  const { items: drills } = await backups.proof.drills.list({ limit: 1 });
  const jobs = reportedJobs.map(({ key }) => `jobs/${key}`);
  const one = drills.map(({ id }) => `drills/${id}`);
  const paths = plainPages.concat(jobs, one, 'jobs/photos', `media/${tapeLabel('son-1')}`);
  return paths.map((path) => `/backups/${path}`).concat('/operations/alerts');
}

/** A page that shows what went wrong says so in an alert. */
async function faultOf(visitor: WatchedPage, path: string): Promise<string | undefined> {
  await visitor.open(path);
  const problem = visitor.page.locator('.k-problem').first();
  return (await problem.count()) === 0 ? undefined : ((await problem.textContent()) ?? path);
}
