/**
 * `npm test [-- check | unit | integration | system | browser | PATH …]`: sets up what tests need, runs the gates and
 * every test, and ends with `N passed, N failed, N skipped`. CI runs nothing else.
 */
import { tmpdir } from 'node:os';
import path from 'node:path';

import { allGates } from './gates/all-gates.ts';
import { printOutcome } from './gates/print-outcome.ts';
import { runGates } from './gates/run-gates.ts';
import { trackedFiles } from './gates/tracked-files.ts';
import { type PlannedGroup, planRun } from './suites/plan-run.ts';
import { runGroup } from './suites/run-group.ts';
import {
  ageService,
  browserServices,
  bubblewrapService,
  clamdService,
  clamscanService,
  debianHost,
  directoryServices,
  ensureServices,
  redisService,
  torchService,
} from './suites/services.ts';
import { describeTally, type Tally, total } from './suites/tally.ts';
import { differences, workTreeState } from './suites/work-tree.ts';
import { buildWeb } from './web/build-web.ts';

const root = path.dirname(import.meta.dirname);
const inCi = process.env['CI'] === 'true';
// Hundreds of processes load the same modules; what one has compiled, the next ones need not.
process.env['NODE_COMPILE_CACHE'] ??= path.join(tmpdir(), 'kura-test-compiled');
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());

try {
  const tally = await runEverything(stop.signal);
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
  if (plan.gates) tallies.push(await gates(signal));
  for (const planned of prepared.runnable) tallies.push(await timed(planned, signal));
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
  if (planned.some(({ group }) => group.needsWeb)) await buildWeb(root, signal);
  const services = [
    torchService,
    ...(planned.some(({ group }) => group.needsScanners)
      ? [clamdService, clamscanService, bubblewrapService, ageService, redisService, ...directoryServices]
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

async function timed(planned: PlannedGroup, signal: AbortSignal): Promise<Tally> {
  const { name } = planned.group;
  console.log(`run  ${name} (${planned.files.length} files)`);
  const started = performance.now();
  const tally = await runGroup(planned, root, signal);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${tally.failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${describeTally(tally)} (${seconds} s)`);
  return tally;
}

function faults(lines: readonly string[]): Tally {
  for (const line of lines) console.log(`FAIL ${line}`);
  return { passed: 0, failed: lines.length, skipped: 0 };
}
