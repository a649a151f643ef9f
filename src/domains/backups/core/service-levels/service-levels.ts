/** Service levels of all jobs (B-180 to B-185): what was due by each job's own schedule against what came. */
import { nowInstant } from '#kernel/clock';
import { DAY, HOUR } from '#kernel/units';
import type { ReadTables } from '#platform/db';
import type { Actor } from '#platform/unit-of-work';

import {
  type JobService,
  type PolicyView,
  type ServiceFault,
  type ServiceKpis,
  type ServiceLevels,
  serviceFaults,
} from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { type Pause, pausesSince } from '../../store/pause-store.ts';
import { findPolicies } from '../../store/policy-store.ts';
import { findJobs } from '../../store/register-store.ts';
import { endedRestores, endedRuns, lastGoodStarts } from '../../store/service-level-store.ts';
import { findVerdicts } from '../../store/verdict-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { policyFor } from '../policies/rule-policy-of.ts';
import { isPaused, type Job } from '../register/protected-job.ts';
import { expectedRuns, longestPauseHours } from '../schedules/due-times.ts';
import { byInterval, loadRhythms, type Rhythm } from '../schedules/rhythm.ts';
import { countKept, type KeptTime, percentile, percentOf } from './count-kept.ts';
import { targetsJudged } from './service-level-events.ts';
import { targetsOf } from './targets.ts';

const judgedDays = 30;

type Runs = Awaited<ReturnType<typeof endedRuns>>;

interface Request {
  readonly days: number;
  readonly job?: string | undefined;
}

interface Measured extends JobService {
  readonly times: readonly KeptTime[];
}

export async function readServiceLevels(context: BackupsContext, { days, job }: Request): Promise<ServiceLevels> {
  const reads = context.database.tables<BackupsTables>();
  const until = context.clock.now();
  const from = until - days * DAY;
  const measured = await measureJobs(reads, { from, until, job });
  const since = new Date(from).toISOString();
  const keys = new Set(measured.map((one) => one.job));
  const verdicts = (await findVerdicts(reads)).filter((told) => keys.has(told.job) && told.status !== 'paused');
  const compliant = verdicts.filter(({ status }) => status === 'compliant');
  return {
    from: since,
    until: nowInstant(context.clock),
    kpis: {
      ...kpisOf(measured, until),
      ...restoresOf(await endedRestores(reads, since, job)),
      rulePercent: percentOf(compliant.length, verdicts.length),
    },
    jobs: measured.map(({ times: _times, ...one }) => one).toSorted(worstFirst),
    trend: trendOf(measured, { from, until }),
  };
}

/** Tells which targets are missed; what is kept again is told, too. */
export async function judgeTargets(context: BackupsContext, actor: Actor): Promise<void> {
  const reads = context.database.tables<BackupsTables>();
  const until = context.clock.now();
  const jobs = await measureJobs(reads, { from: until - judgedDays * DAY, until });
  const missed = jobs.flatMap((one) => one.faults.slice(0, 1).map((fault) => ({ ...faultOf(one, fault, until) })));
  const kept = jobs.filter(({ faults }) => faults.length === 0).map(({ job }) => job);
  await context.unitOfWork.write(actor, async (tx) => tx.publish(targetsJudged, { missed, kept }));
}

interface Period {
  readonly from: number;
  readonly until: number;
}

async function measureJobs(
  reads: ReadTables<BackupsTables>,
  { from, until, job }: Period & { readonly job?: string | undefined },
): Promise<readonly Measured[]> {
  const jobs = (await findJobs(reads, job === undefined ? undefined : [job])).filter((one) => !isPaused(one, until));
  const rhythms = await loadRhythms(reads, job === undefined ? undefined : [job]);
  const since = new Date(from).toISOString();
  const pauses = Map.groupBy(await pausesSince(reads, since, job), (pause) => pause.job);
  const runs = Map.groupBy(await endedRuns(reads, since, job), (run) => run.job_key);
  const earlier = await goodBefore(reads, jobs, runs);
  const policies = await findPolicies(reads);
  return jobs.map((one) => {
    const { due, pauseHours } = planOf(one, { rhythm: rhythms.get(one.key) ?? byInterval, from, until });
    const pausesOf = pauses.get(one.key) ?? [];
    const expected = due.filter((at) => !pausesOf.some((pause) => isIn(pause, at)));
    const since = Math.max(Date.parse(one.createdAt), ...pausesOf.map(endOf));
    return measureJob(one, {
      runs: runs.get(one.key) ?? [],
      until,
      due: expected,
      pauseHours,
      policy: policyFor(one, policies),
      since,
      lastGood: earlier.get(one.key),
    });
  });
}

/** What is made monthly has its last good run before a window of thirty days. */
async function goodBefore(
  reads: ReadTables<BackupsTables>,
  jobs: readonly Job[],
  runs: ReadonlyMap<string, Runs>,
): Promise<ReadonlyMap<string, number>> {
  const rare = jobs.filter(({ key }) => !(runs.get(key) ?? []).some(({ result }) => result === 'success'));
  const ids = rare.flatMap(({ copies }) => copies.map(({ id }) => id));
  const begun = await lastGoodStarts(reads, ids);
  const found = new Map<string, number>();
  for (const { key, copies } of rare) {
    const [newest] = copies
      .flatMap(({ id }) => begun.get(id) ?? [])
      .toSorted()
      .toReversed();
    if (newest !== undefined) found.set(key, Date.parse(newest));
  }
  return found;
}

function isIn({ from, until }: Pause, at: number): boolean {
  return at >= Date.parse(from) && (until === null || at < Date.parse(until));
}

function endOf({ until }: Pause): number {
  return until === null ? 0 : Date.parse(until);
}

interface PlanRequest extends Period {
  readonly rhythm: Rhythm;
}

interface Plan {
  readonly due: readonly number[];
  /** The longest there is between two of them. */
  readonly pauseHours: number;
}

/** By its pattern; without one, by its interval since it was registered. */
function planOf({ everyHours, createdAt }: Job, { rhythm, from, until }: PlanRequest): Plan {
  const begun = Math.max(from, Date.parse(createdAt));
  const { pattern, holidays } = rhythm;
  if (pattern !== null) {
    return {
      due: expectedRuns(pattern, holidays, { from: begun, to: until }).map((at) => Date.parse(at)),
      pauseHours: longestPauseHours(pattern, holidays, until),
    };
  }
  const step = everyHours * HOUR;
  const first = Date.parse(createdAt) + Math.ceil((begun - Date.parse(createdAt)) / step) * step;
  const count = Math.max(0, Math.floor((until - first) / step) + 1);
  return {
    due: Array.from({ length: count }, (_, index) => first + index * step),
    pauseHours: everyHours,
  };
}

interface JobFacts extends Plan {
  readonly policy: PolicyView | null;
  readonly runs: Runs;
  readonly until: number;
  /** From when on it is expected: registered, or no longer paused. */
  readonly since: number;
  /** Of the good runs before. */
  readonly lastGood: number | undefined;
}

function measureJob(job: Job, { runs, until, due, pauseHours, policy, since, lastGood }: JobFacts): Measured {
  const good = runs.filter(({ result }) => result === 'success').map((run) => Date.parse(run.started_at));
  const times = countKept({ due, good, until });
  const kept = times.filter(({ isKept }) => isKept).length;
  const seconds = runs.flatMap((run) =>
    run.result === 'failed' || run.ended_at === null
      ? []
      : [(Date.parse(run.ended_at) - Date.parse(run.started_at)) / 1000],
  );
  const ratePercent = percentOf(kept, times.length);
  const { criticality } = job;
  const targets = targetsOf({ criticality, rules: policy?.rules, pauseHours });
  const { keptPercent: targetPercent, maxAgeHours, maxRunSeconds } = targets;
  const p95Seconds = percentile(seconds, 95);
  const last = good.at(-1) ?? lastGood;
  const isOld = until - Math.max(last ?? 0, since) > maxAgeHours * HOUR;
  const isLong = maxRunSeconds !== null && p95Seconds !== null && p95Seconds > maxRunSeconds;
  const isShort = ratePercent !== null && ratePercent < targetPercent;
  return {
    job: job.key,
    title: job.title,
    criticality,
    expected: times.length,
    kept,
    ratePercent,
    targetPercent,
    runs: { success: good.length, partial: count(runs, 'partial'), failed: count(runs, 'failed') },
    medianSeconds: percentile(seconds, 50),
    p95Seconds,
    maxRunSeconds,
    lastGoodAt: last === undefined ? null : new Date(last).toISOString(),
    maxAgeHours,
    faults: serviceFaults.filter((fault) => ({ age: isOld, 'success-rate': isShort, duration: isLong })[fault]),
    times,
  };
}

function count(runs: Runs, result: 'partial' | 'failed'): number {
  return runs.filter((run) => run.result === result).length;
}

function kpisOf(measured: readonly Measured[], until: number) {
  const expected = sum(measured.map((one) => one.expected));
  // Of what was never due nobody knows whether it would have come.
  const judged = measured.filter((one) => one.expected > 0 || one.faults.length > 0);
  const ages = measured.flatMap(({ lastGoodAt }) =>
    lastGoodAt === null ? [] : [(until - Date.parse(lastGoodAt)) / HOUR],
  );
  return {
    backupPercent: percentOf(sum(measured.map((one) => one.kept)), expected),
    targetPercent: percentOf(judged.filter(({ faults }) => faults.length === 0).length, judged.length),
    oldestBackupHours: ages.length === 0 ? null : Math.round(Math.max(...ages) * 10) / 10,
  };
}

function restoresOf(
  restores: Awaited<ReturnType<typeof endedRestores>>,
): Pick<ServiceKpis, 'restorePercent' | 'restores' | 'longestRestoreSeconds'> {
  const seconds = restores.flatMap((one) => (one.seconds === null ? [] : [one.seconds]));
  return {
    restorePercent: percentOf(restores.filter(({ passed }) => passed).length, restores.length),
    restores: restores.length,
    longestRestoreSeconds: seconds.length === 0 ? null : Math.round(Math.max(...seconds)),
  };
}

/** Whole weeks, and what is left of the first days at their beginning. */
function trendOf(measured: readonly Measured[], { from, until }: Period): ServiceLevels['trend'] {
  const week = 7 * DAY;
  const weeks = Math.max(1, Math.ceil((until - from) / week));
  const times = measured.flatMap((one) => one.times);
  return Array.from({ length: weeks }, (_, index) => {
    const begin = until - (weeks - index) * week;
    const own = times.filter(({ at }) => at > begin && at <= begin + week);
    const kept = own.filter(({ isKept }) => isKept).length;
    const start = new Date(Math.max(begin, from)).toISOString();
    return { from: start, expected: own.length, kept, ratePercent: percentOf(kept, own.length) };
  });
}

function faultOf(
  { job, title, ratePercent, targetPercent, lastGoodAt, maxAgeHours, p95Seconds, maxRunSeconds }: Measured,
  what: ServiceFault,
  now: number,
) {
  if (what === 'success-rate') return { job, title, what, value: ratePercent ?? 0, wanted: targetPercent };
  if (what === 'duration') {
    return { job, title, what, value: Math.round((p95Seconds ?? 0) / 60), wanted: (maxRunSeconds ?? 0) / 60 };
  }
  const hours = lastGoodAt === null ? null : Math.floor((now - Date.parse(lastGoodAt)) / HOUR);
  return { job, title, what, value: hours, wanted: maxAgeHours };
}

function worstFirst(a: JobService, b: JobService): number {
  return (
    b.faults.length - a.faults.length || (a.ratePercent ?? 101) - (b.ratePercent ?? 101) || (a.job < b.job ? -1 : 1)
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
