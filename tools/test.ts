/**
 * `npm test [-- check | unit | integration | system | browser | PATH …]`: sets up what tests need, runs the gates and
 * every test, and ends with `N passed, N failed, N skipped`. CI runs nothing else.
 */
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startPostgres } from '#stand-ins/postgres';

import { allGates } from './gates/all-gates.ts';
import { printOutcome } from './gates/print-outcome.ts';
import { runGates } from './gates/run-gates.ts';
import { trackedFiles } from './gates/tracked-files.ts';
import { buildProgram } from './program/build-program.ts';
import { type PlannedGroup, planRun } from './suites/plan-run.ts';
import { runGroup } from './suites/run-group.ts';
import {
  ageService,
  browserServices,
  bubblewrapService,
  clamdService,
  clamscanService,
  debianHost,
  deploymentServices,
  directoryServices,
  ensureServices,
  redisService,
  storageServices,
  torchService,
  vaultReaderServices,
} from './suites/services.ts';
import { describeTally, type Tally, total } from './suites/tally.ts';
import { type Spent, timesTable } from './suites/times-table.ts';
import { differences, workTreeState } from './suites/work-tree.ts';
import { buildWeb } from './web/build-web.ts';

const root = path.dirname(import.meta.dirname);
const inCi = process.env['CI'] === 'true';
// Hundreds of processes load the same modules; what one has compiled, the next ones need not.
process.env['NODE_COMPILE_CACHE'] ??= path.join(tmpdir(), 'kura-test-compiled');
const stop = new AbortController();
const started = performance.now();
/** What took how many seconds. */
const spent: Spent[] = [];
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

try {
  const tally = await runEverything(stop.signal);
  console.log(timesTable(spent));
  console.log(describeTally(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
} catch (error) {
  if (!stop.signal.aborted) throw error;
  console.log('Interrupted.');
  process.exitCode = 130;
}

async function runEverything(signal: AbortSignal): Promise<Tally> {
  const before = await workTreeState(root);
  const plan = planRun(process.argv.slice(2), await trackedFiles(root, signal));
  const tallies: Tally[] = [faults(plan.faults)];
  const prepared = await prepare(plan.planned, signal);
  tallies.push(...prepared.tallies);
  spent.push(['set-up', sinceStart()]);
  if (plan.gates) tallies.push(await timed('gates', () => gates(signal)));
  await using postgres = new AsyncDisposableStack();
  for (const planned of prepared.runnable) {
    if (planned.group.needsPostgres) process.env['KURA_TEST_POSTGRES'] ??= postgres.use(await startPostgres()).url;
    tallies.push(await told(planned, signal));
  }
  const traces = differences(before, await workTreeState(root));
  const changed = `The work tree changed during the run, by a test or by hand:\n     ${traces.join('\n     ')}`;
  tallies.push(faults(traces.length === 0 ? [] : [changed]));
  return total(tallies);
}

interface Prepared {
  readonly runnable: readonly PlannedGroup[];
  readonly tallies: readonly Tally[];
}

/** Builds the web UI and installs services where the chosen groups need them; what cannot run is skipped, in CI failed. */
async function prepare(planned: readonly PlannedGroup[], signal: AbortSignal): Promise<Prepared> {
  if (planned.some(({ group }) => group.needsProgram)) await buildProgram(root);
  if (planned.some(({ group }) => group.needsWeb)) await buildWeb(root, signal);
  const services = [
    torchService,
    ...(planned.some(({ group }) => group.needsScanners)
      ? [
          clamdService,
          clamscanService,
          bubblewrapService,
          ageService,
          redisService,
          ...directoryServices,
          ...deploymentServices,
          ...vaultReaderServices,
          ...storageServices,
        ]
      : []),
    ...(planned.some(({ group }) => group.needsBrowser) ? browserServices : []),
  ];
  const { missing } = await ensureServices(services, debianHost, signal);
  for (const { service, why } of missing) {
    console.log(`${service.optional ? 'note' : 'MISS'} ${service.name} for ${service.neededBy}: ${why}.`);
  }
  // The tests that need another service tell its absence themselves; without a browser nothing of a group can run.
  if (!missing.some(({ service }) => browserServices.includes(service))) return { runnable: planned, tallies: [] };
  const blocked = planned.filter(({ group }) => group.needsBrowser);
  const count = blocked.reduce((sum, { files }) => sum + files.length, 0);
  return {
    runnable: planned.filter(({ group }) => !group.needsBrowser),
    tallies: [{ passed: 0, failed: inCi ? count : 0, skipped: inCi ? 0 : count }],
  };
}

async function gates(signal: AbortSignal): Promise<Tally> {
  const outcomes = await runGates(allGates, { root, atOnce: 2, onOutcome: printOutcome, signal });
  const passed = outcomes.filter((outcome) => outcome.passed).length;
  return { passed, failed: outcomes.length - passed, skipped: 0 };
}

async function told(planned: PlannedGroup, signal: AbortSignal): Promise<Tally> {
  const { name } = planned.group;
  console.log(`run  ${name} (${planned.files.length} files)`);
  const tally = await timed(name, () => runGroup(planned, root, signal));
  console.log(`${tally.failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${describeTally(tally)}`);
  return tally;
}

async function timed(name: string, work: () => Promise<Tally>): Promise<Tally> {
  const begun = sinceStart();
  const tally = await work();
  spent.push([name, sinceStart() - begun]);
  return tally;
}

function sinceStart(): number {
  return (performance.now() - started) / 1000;
}

function faults(lines: readonly string[]): Tally {
  for (const line of lines) console.log(`FAIL ${line}`);
  return { passed: 0, failed: lines.length, skipped: 0 };
}
