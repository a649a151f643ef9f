/** What the report of a month must count, when it is made at noon of the first day after it. */
import { dayAfter, daysOfYear, firstDay, instantOf, isBetween, isWorkday, weekdayOf } from './calendar.ts';
import { digitsOn, isSwapped } from './expected.ts';
import { ownJob, reportedJobs } from './house.ts';
import { isStrangersDay, reportOf } from './play-day.ts';
import { damage, failedTest, forgottenTests, neverMade, oddRuns, pause, testDays } from './script.ts';

type Counts = Record<'success' | 'warning' | 'failed', number>;

/** @param month `2028-02`. */
export function reportOfMonth(month: string) {
  const days = daysOfYear().filter((day) => day.startsWith(month));
  const { success, warning, failed } = runsOf(days);
  const tests = testsOf(days);
  const workdays = days.filter(isWorkday);
  return {
    runs: { ended: success + warning + failed, good: success, warned: warning, failed },
    tests,
    compliantByDay: days.map((day) => `${day} ${compliantOn(day)}`),
    swaps: workdays.length,
    missedSwaps: workdays.filter((day) => !isSwapped(day)).length,
  };
}

function runsOf(days: readonly string[]): Counts {
  const counts: Counts = { success: 0, warning: 0, failed: 0 };
  for (const day of days) {
    for (const job of reportedJobs) for (const result of toldResults(job, day)) counts[result] += 1;
    // Its first time was by hand.
    if (weekdayOf(day) === 7 || day === firstDay) counts.success += ownJob.copies.length;
    if (isStrangersDay(day)) counts.success += 1;
  }
  return counts;
}

/** Of the copies of a job's run of that day, as far as they were told until noon of the first day after the month. */
function toldResults(job: (typeof reportedJobs)[number], day: string): readonly (keyof Counts)[] {
  const odd = oddRuns.find((one) => one.job === job.key && day >= one.from && day <= one.to);
  if (!job.runsOn(day) || odd?.what === 'none') return [];
  if (typeof odd?.what === 'object' && odd.what.reportedOn > firstAfter(day)) return [];
  return reportOf(job, day).copies.map(({ result }) => result);
}

function firstAfter(day: string): string {
  let first = dayAfter(day);
  while (!first.endsWith('-01')) first = dayAfter(first);
  return first;
}

function testsOf(days: readonly string[]) {
  const copies = reportedJobs.reduce((sum, job) => sum + job.copies.length, 0);
  let passed = 0;
  let failed = 0;
  for (const day of days) {
    const isTested = testDays.some((one) => one === day) || day === firstDay;
    const forgotten = forgottenTests.some((one) => one.day === day) ? 3 : 0;
    if (isTested) passed += copies - forgotten;
    if (day === failedTest.againOn) passed += 1;
    if (day === failedTest.day) failed += 1;
    // Kura tests its own job on the first of each month, and daily while a test fails.
    const isDamaged = day > damage.on && day < damage.mendedOn;
    const isTried = day.endsWith('-01') || (isDamaged && day >= '2028-06-01') || day === damage.mendedOn;
    if (isTried) passed += isDamaged && day >= '2028-06-01' ? 2 : 3;
    if (isDamaged && day >= '2028-06-01') failed += 1;
  }
  return { passed, failed };
}

function compliantOn(day: string): string {
  const shown = Object.values(digitsOn(day)).filter((shows) => !shows.includes('paused'));
  return `${shown.filter((shows) => shows.endsWith(' compliant')).length} / ${shown.length}`;
}

/**
 * At noon of a day, by job of which a backup did not come in the thirty days before; one that left something out did not. A turn
 * that is not over is not judged.
 */
export function missedBefore(day: string): Readonly<Record<string, number>> {
  const window = daysOfYear().filter((one) => one >= dayAfter(day, -30) && one <= day);
  const missed: Record<string, number> = {};
  for (const job of reportedJobs) {
    const late = window.filter((one) => isLate(job, one, day));
    if (late.length > 0) missed[job.key] = late.length;
  }
  // Due daily from the noon of its registration on, and never made; its last turn lasts.
  const never = window.filter((one) => one > neverMade.on && one < day).length;
  return never > 0 && day < neverMade.archivedOn ? { ...missed, [neverMade.job]: never } : missed;
}

function isLate(job: (typeof reportedJobs)[number], day: string, now: string): boolean {
  const odd = oddRuns.find((one) => one.job === job.key && day >= one.from && day <= one.to);
  if (odd === undefined || odd.copy !== undefined || !job.runsOn(day)) return false;
  if (pause.job === job.key && isBetween(day, dayAfter(pause.from), dayAfter(pause.until))) return false;
  if (typeof odd.what === 'object' && odd.what.reportedOn <= now) return false;
  return beginsAt(job, nextRunOf(job, day)) <= instantOf(now, '12:00');
}

function nextRunOf(job: (typeof reportedJobs)[number], day: string): string {
  let next = dayAfter(day);
  while (!job.runsOn(next)) next = dayAfter(next);
  return next;
}

function beginsAt({ begins: { time, zone }, isNextNight }: (typeof reportedJobs)[number], day: string): number {
  return instantOf(isNextNight === true ? dayAfter(day) : day, time, zone);
}
