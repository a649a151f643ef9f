/** The house as it is set up on the first day, over everything that Kura has, with a clock that can be set. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { AppContext } from '#app/context';
import { newCopySchema, newJobSchema, newMediumSchema, newSetSchema, saveTestPlanSchema } from '#backups/contract';
import type { Actor } from '#platform/unit-of-work';

import { type MovableClock, movableClock } from '../../../src/domains/backups/testing/movable-clock.ts';
import { makeVault } from '../../../src/domains/backups/testing/open-backups.ts';
import { openWholeSite, type WholeSite } from '../whole-site/open-whole-site.ts';
import { firstDay, holidays, instantOf, zone } from './calendar.ts';
import { ownJob, type ReportedJob, reportedJobs, tapeLabel, tapePositions } from './house.ts';

export interface House extends AsyncDisposable {
  readonly clock: MovableClock;
  readonly site: WholeSite;
  readonly context: AppContext;
  /** Where the vaults and their source lie. */
  readonly folder: string;
  /** Id of the place where tapes are put away, in another house. */
  readonly safe: string;
}

export const people: Actor = { kind: 'user', id: 'ops', name: 'ops' };

/** In memory where there is such a place: a year of commits waits for a disk for minutes. */
const quickPlace = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** @param url Of another database than a new SQLite file. */
export async function openHouse(url?: string): Promise<House> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(quickPlace, 'kura-house-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const clock = movableClock(instantOf(firstDay, '00:30'));
  const environment = {
    KURA_TIMEZONE: zone,
    KURA_PORT: '0',
    KURA_DATABASE_URL: url ?? `sqlite:${join(folder, 'kura.sqlite')}`,
  };
  const site = stack.use(await openWholeSite({ clock, environment }));
  const { context } = site;
  // What Kura protects by itself is another story.
  for (const { key } of await context.backups.jobs()) await context.backups.register.archive(people, key, 'not here');
  const days = Object.entries(holidays).map(([day, title]) => ({ day, title }));
  await context.backups.schedules.putCalendar(people, 'de', { days });
  for (const job of reportedJobs) await register(context, job);
  const safe = await setUpTapes(context);
  await setUpOwnJob(context, folder);
  const planned = { frequency: 'quarterly', startsOn: firstDay, automatic: false, assignee: 'hana' };
  await context.backups.proof.testPlans.save(
    people,
    { job: 'weekly', kind: 'full' },
    saveTestPlanSchema.parse(planned),
  );
  await context.backups.start(people);
  await context.alerts.alerts.setUpSchedules(zone, people);
  const owned = stack.move();
  return { clock, site, context, folder, safe, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function register({ backups }: AppContext, job: ReportedJob): Promise<void> {
  const { key, site, tool, everyHours, criticality = 'normal', expected, copies } = job;
  const source = { key, source: `data of ${key}`, target: `host-${key}`, site };
  const facts = { ...source, everyHours, criticality, verifyEveryDays: 100 };
  await backups.protect(people, newJobSchema.parse(facts));
  for (const { locked, rotates, ...copy } of copies) {
    const wanted = {
      ...copy,
      repository: `${copy.site}:${key}/${copy.name}`,
      engine: 'reported',
      tool,
      ...(locked === true ? { lockedUntil: '2029-06-01T00:00:00Z' } : {}),
      ...(rotates === true ? { offline: true, rotationDays: 7 } : {}),
    };
    await backups.addCopy(people, key, newCopySchema.parse(wanted));
  }
  if (expected === undefined) return;
  const { cron, zone: inZone, holidays: skips } = expected;
  const skipHolidays = skips === true ? 'de' : null;
  await backups.reports.expect(people, key, { cron, zone: inZone, graceMinutes: null, skipHolidays });
}

async function setUpTapes({ backups: { media } }: AppContext): Promise<string> {
  const { id } = await media.addPlace(people, { site: 'bank', room: 'safe', slot: '', notes: '' });
  const scheme = { kind: 'gfs' };
  await media.addSet(people, newSetSchema.parse({ key: 'lto', scheme, startsOn: firstDay, calendar: 'de' }));
  for (const position of tapePositions) {
    const label = tapeLabel(position);
    await media.register(people, newMediumSchema.parse({ label, kind: 'tape' }));
    await media.act(people, label, { action: 'store', place: id, note: '' });
    await media.assign(people, { key: 'lto', position, label });
  }
  await media.bind(people, { job: 'tapes', copy: 'tape', on: { kind: 'set', key: 'lto' } });
  return id;
}

async function setUpOwnJob({ backups }: AppContext, folder: string): Promise<void> {
  const source = join(folder, 'photos');
  await mkdir(source);
  for (const name of ['a', 'b', 'c']) await writeFile(join(source, `${name}.txt`), `${name} `.repeat(500));
  const { key, cron, copies } = ownJob;
  await backups.protect(people, newJobSchema.parse({ key, source, verifyEveryDays: 35 }));
  for (const name of copies) {
    const repository = await makeVault(join(folder, name));
    const isAway = name === 'cloud';
    const facts = { name, repository, media: name, site: isAway ? 'osaka' : 'main' };
    const lock = isAway ? { lockedUntil: '2029-06-01T00:00:00Z' } : {};
    await backups.addCopy(people, key, newCopySchema.parse({ ...facts, ...lock }));
  }
  const rules = { window: null, skipHolidays: null, catchUp: 'once', after: null, waitMinutes: 240 } as const;
  const schedule = { cron, zone, enabled: true, rules: { ...rules, retries: 0, retryMinutes: 15 } };
  await backups.schedules.put(people, key, schedule);
  await backups.run(people, { job: key, signal: new AbortController().signal });
  const monthly = saveTestPlanSchema.parse({ frequency: 'monthly', startsOn: firstDay });
  await backups.proof.testPlans.save(people, { job: key, kind: 'integrity' }, monthly);
}
