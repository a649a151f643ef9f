/** What the script makes happen at one visit of one day. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { manualDrillSchema, newCopySchema, newJobSchema, newMediumSchema } from '#backups/contract';

import { dayAfter, instantOf, isBetween, isWorkday, weekdayOf } from './calendar.ts';
import { isSwapped, labelAt } from './expected.ts';
import { type ReportedJob, reportedJobs, tapeDueOn, tapeLabel } from './house.ts';
import { type House, people } from './open-house.ts';
import {
  contradictedReports,
  damage,
  failedTest,
  forgottenTests,
  heartbeat,
  loan,
  lostTape,
  neverMade,
  type OddRun,
  oddRuns,
  pause,
  repeatedReports,
  stranger,
  testDays,
} from './script.ts';

export type Visit = '05:00' | '12:00' | '23:30';

const minute = 60_000;
const by = { actor: people, boundTo: [] };

export async function playDay(house: House, day: string, visit: Visit): Promise<void> {
  await handInReports(house, day, visit);
  if (visit === '05:00') await damageOrMend(house, day);
  if (visit === '12:00') {
    await changeTapes(house, day);
    await liveOn(house, day);
  }
  if (visit === '23:30') await testCopies(house, day);
}

/** As agents would send them: those of all jobs of one visit together. */
export async function handInReports({ context }: House, day: string, visit: Visit): Promise<void> {
  const reports = reportedJobs.flatMap((job) => (job.handedIn === visit ? reportsOf(job, day) : []));
  const again = repeatedReports.filter((one) => one.day === day).flatMap(({ job }) => of(reports, job));
  const other = contradictedReports.filter((one) => one.day === day).flatMap(({ job }) => of(reports, job));
  const all = [...reports, ...again, ...other.map((one) => ({ ...one, files: 7 })), ...strangersReport(day, visit)];
  if (all.length > 0) await context.backups.reports.reportMany(by, all);
}

type Report = ReturnType<typeof reportOf>;

function of(reports: readonly Report[], job: string): readonly Report[] {
  return reports.filter((one) => one.job === job);
}

/** That of the day, and those that come late on it. */
function reportsOf(job: ReportedJob, day: string): readonly Report[] {
  const odd = oddRuns.filter((one) => one.job === job.key);
  const late = odd.flatMap(({ from, what }) =>
    typeof what === 'object' && what.reportedOn === day ? [reportOf(job, from)] : [],
  );
  const today = odd.find(({ from, to }) => day >= from && day <= to);
  const isSent = job.runsOn(day) && (today === undefined || today.what === 'failed' || today.what === 'warning');
  return isSent ? [...late, reportOf(job, day)] : late;
}

export function reportOf(job: ReportedJob, day: string) {
  const { time, zone } = job.begins;
  const begun = instantOf(job.isNextNight === true ? dayAfter(day) : day, time, zone);
  const odd = oddRuns.find((one) => one.job === job.key && day >= one.from && day <= one.to);
  const copies = job.copies.map(({ name }) => {
    const isOfCopy = odd?.copy === undefined || odd.copy === name;
    return { copy: name, result: isOfCopy ? resultOf(odd?.what) : 'success' };
  });
  const startedAt = new Date(begun).toISOString();
  const endedAt = new Date(begun + 30 * minute).toISOString();
  const sizes = { bytes: 5_000_000_000, newBytes: 1_000_000, files: 1000 };
  return { job: job.key, run: day, tool: job.tool, result: 'success', startedAt, endedAt, ...sizes, copies };
}

function resultOf(what: OddRun['what'] | undefined): 'success' | 'warning' | 'failed' {
  return what === 'failed' || what === 'warning' ? what : 'success';
}

/** On Thursdays at ten in the morning, from the day somebody set it up. */
function strangersReport(day: string, visit: Visit) {
  if (visit !== '12:00' || !isStrangersDay(day)) return [];
  const at = instantOf(day, '10:00');
  const startedAt = new Date(at).toISOString();
  const endedAt = new Date(at + 30 * minute).toISOString();
  return [{ job: stranger.name, run: day, tool: 'veeam', result: 'success', startedAt, endedAt, bytes: 1 }];
}

export function isStrangersDay(day: string): boolean {
  return weekdayOf(day) === 4 && isBetween(day, stranger.firstOn, stranger.archivedOn);
}

/** One byte of each pack is turned around; done again, all is as it was. */
async function damageOrMend({ folder }: House, day: string): Promise<void> {
  if (day !== damage.on && day !== damage.mendedOn) return;
  const packs = join(folder, damage.copy, 'packs');
  const names = (await readdir(packs, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  for (const one of names) {
    const path = join(one.parentPath, one.name);
    const bytes = await readFile(path);
    const middle = Math.floor(bytes.length / 3);
    bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
    await writeFile(path, bytes);
  }
}

async function changeTapes({ context: { backups }, safe }: House, day: string): Promise<void> {
  const { media } = backups;
  if (day === lostTape.on)
    await media.act(people, tapeLabel(lostTape.position), { action: 'lose', note: 'on its way' });
  if (day === lostTape.replacedOn) {
    const { label, position } = lostTape;
    await media.retire(people, tapeLabel(position), { reason: 'lost', note: '' });
    await media.register(people, newMediumSchema.parse({ label, kind: 'tape' }));
    await media.act(people, label, { action: 'store', place: safe, note: '' });
    await media.assign(people, { key: 'lto', position, label: null });
    await media.assign(people, { key: 'lto', position, label });
  }
  const label = tapeLabel(loan.position);
  if (day === loan.from) {
    const lent = { borrower: 'Sato', organisation: 'ACME', contact: '', purpose: 'audit', dueOn: loan.dueOn };
    await media.lend(people, label, lent);
  }
  if (day === loan.backOn) {
    await media.takeBack(people, label, { condition: 'good', note: '' });
    await media.act(people, label, { action: 'store', place: safe, note: '' });
  }
  if (isWorkday(day) && isSwapped(day)) await swap(media, day, safe);
}

async function swap(media: House['context']['backups']['media'], day: string, place: string): Promise<void> {
  const { items } = await media.list({ stage: 'loaded', limit: 10 });
  const [inside] = items;
  const putIn = labelAt(tapeDueOn(day) ?? '', day);
  const out = inside === undefined ? {} : { takeOut: inside.label, place };
  await media.confirmSwap(people, 'lto', { putIn, ...out, deviate: false, note: '' });
}

async function liveOn({ context: { backups } }: House, day: string): Promise<void> {
  if (day < heartbeat.silentFrom || day >= heartbeat.backOn) {
    const { reporter } = heartbeat;
    await backups.reports.heartbeat(people, { reporter, tool: 'other', everyMinutes: 1440, waiting: 0 });
  }
  if (day === pause.from) {
    const pausedUntil = new Date(instantOf(pause.until, '12:00')).toISOString();
    await backups.register.change(people, pause.job, { pausedUntil, pauseReason: 'the server moves' });
  }
  if (day === stranger.claimedOn) {
    await registerPlain(backups, { key: stranger.job, everyHours: 168 }, ['disk']);
    const claim = { tool: 'veeam', name: stranger.name, copy: null } as const;
    await backups.reports.assign(people, claim, { job: stranger.job, copy: 'disk' });
  }
  if (day === neverMade.on) await registerPlain(backups, { key: neverMade.job, everyHours: 24 }, ['nas', 'disk']);
  for (const { job, archivedOn } of [stranger, neverMade]) {
    if (day === archivedOn) await backups.register.archive(people, job, 'no longer needed');
  }
}

async function registerPlain(
  backups: House['context']['backups'],
  { key, everyHours }: { readonly key: string; readonly everyHours: number },
  copies: readonly string[],
): Promise<void> {
  const facts = { key, source: `data of ${key}`, target: `host-${key}`, everyHours, verifyEveryDays: 100 };
  await backups.protect(people, newJobSchema.parse(facts));
  for (const name of copies) {
    const copy = { name, media: name, site: 'main', engine: 'reported', tool: 'veeam', repository: `${key}/${name}` };
    await backups.addCopy(people, key, newCopySchema.parse(copy));
  }
}

export async function testCopies(house: House, day: string): Promise<void> {
  if (testDays.some((one) => one === day)) {
    const forgotten = forgottenTests.filter((one) => one.day === day).map(({ job }) => job);
    for (const { key, copies } of reportedJobs) {
      if (!forgotten.some((job) => job === key))
        for (const { name } of copies) await record(house, key, name, 'passed');
    }
  }
  const { job, copy, againOn } = failedTest;
  if (day === failedTest.day) await record(house, job, copy, 'failed');
  if (day !== againOn) return;
  await record(house, job, copy, 'passed');
  const { tickets } = house.context.backups.proof;
  const { items } = await tickets.list({ job, limit: 5 });
  const open = items.find(({ status }) => status !== 'done');
  await tickets.change(people, open?.id ?? '', { status: 'done', reason: 'the disk was replaced' });
}

async function record({ context, clock }: House, job: string, copy: string, result: 'passed' | 'failed') {
  const testedAt = new Date(clock.at).toISOString();
  const told = { kind: 'full', copy, testedAt, tester: 'hana', target: 'spare host', result, filesTotal: 1000 };
  const issues = result === 'failed' ? { issues: 'unreadable sectors', filesFailed: 3 } : {};
  await context.backups.proof.drills.record(people, job, manualDrillSchema.parse({ ...told, ...issues }));
}
