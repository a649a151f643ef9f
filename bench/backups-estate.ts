/**
 * The register at the size of spec/backups.md B-043: 2,000 jobs with four copies each and three years of runs
 * (2.2 million). How long the evaluation of everything takes, lists, details and the estate in this process with the
 * queries of each, and then the same over HTTP from a server with 100 clients that ask every second; last a monthly report
 * as PDF. `KURA_BENCH_JOBS` makes it smaller, `KURA_BENCH_DATABASE=postgres` takes PostgreSQL.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { jobQuerySchema } from '#backups/contract';
import { systemClock } from '#kernel/clock';
import { testActor } from '#platform/unit-of-work/testing';
import { startPostgres } from '#stand-ins/postgres';

import { type OpenBackups, openBackups } from '../src/domains/backups/testing/open-backups.ts';
import { askOverHttp } from './backups-estate/ask-over-http.ts';
import { countQueries } from './backups-estate/count-queries.ts';
import { fillEstate } from './backups-estate/fill-estate.ts';
import { quantile } from './backups-estate/quantile.ts';
import { describeMachine } from './harness/machine.ts';

const jobs = Number(process.env['KURA_BENCH_JOBS'] ?? 2000);
type Call = (backups: OpenBackups['backups'], n: number) => Promise<unknown>;

function list(query: Readonly<Record<string, unknown>>): Call {
  return (backups) => backups.register.list(jobQuerySchema.parse(query));
}

const calls: Readonly<Record<string, Call>> = {
  'list, 50 by key': list({ limit: 50 }),
  'list, 50 worst': list({ limit: 50, order: 'worst' }),
  'list, text and tag': list({ limit: 50, q: 'data/1', tag: 'team-3' }),
  'list, page 30, last run': list({ limit: 50, offset: 1450, order: 'last-run', descending: 'true' }),
  'detail of a job': (backups, n) => backups.jobStatus(`job-${n % jobs}`),
  'runs of a job': (backups, n) => backups.runs({ job: `job-${n % jobs}`, limit: 50 }),
  'runs of all': (backups) => backups.runs({ limit: 50 }),
  'trend of a job, 90 days': (backups, n) => backups.estate.jobTrend(`job-${n % jobs}`, 90),
  'estate: summary': (backups) => backups.estate.summary(),
  'estate: trend of 90 days': (backups) => backups.estate.trend(90),
};

const { cpu, cores, node } = describeMachine();
console.log(`${cpu}, ${cores} cores, Node ${node}`);
const place = await mkdtemp(join(tmpdir(), 'kura-bench-estate-'));
await using stack = new AsyncDisposableStack();
stack.defer(() => rm(place, { recursive: true, force: true }));
const url = await databaseUrl();
{
  await using open = await openBackups({ url, home: place, clock: systemClock });
  await fillEstate(open, jobs);
  await measureEvaluation(open);
  await measureReads(open);
}
await askOverHttp(url, jobs);

async function databaseUrl(): Promise<string> {
  const wanted = process.env['KURA_BENCH_DATABASE'];
  if (wanted !== 'postgres') return wanted ?? `sqlite:${join(place, 'estate.sqlite')}`;
  return stack.use(await startPostgres()).createDatabase();
}

async function measureEvaluation({ backups }: OpenBackups): Promise<void> {
  const first = await timed(() => backups.sweep(testActor));
  console.log(`first sweep, every verdict told: ${first.toFixed(0)} ms`);
  const times = [];
  for (let round = 0; round < 5; round += 1) times.push(await timed(() => backups.status()));
  console.log(`evaluation of ${jobs} jobs × 4 copies: median ${quantile(times, 0.5).toFixed(0)} ms of 5`);
  console.log(`sweep with nothing to tell: ${(await timed(() => backups.sweep(testActor))).toFixed(0)} ms`);
}

async function measureReads({ backups }: OpenBackups): Promise<void> {
  for (const [name, call] of Object.entries(calls)) {
    const times = [];
    const queries = await countQueries(() => call(backups, 7));
    for (let n = 0; n < 60; n += 1) times.push(await timed(() => call(backups, n * 31)));
    console.log(
      `${name}: ${queries ?? '–'} queries, p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`,
    );
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
