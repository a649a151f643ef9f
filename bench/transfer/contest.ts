/** Programs that fetch the same bytes, by turns: what each took of the clock and of the processor. */
import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { cpuOfProcess, cpuTimes } from '../harness/machine.ts';
import { median } from '../harness/summary.ts';
import type { TransferFigures, TransferTask } from './run-transfer.ts';

const run = promisify(execFile);
/** Above this share of the processor in the hands of others (the server is not one) a comparison of times means nothing. */
const NOISE_LIMIT = 0.15;

export interface Figures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly othersShare: number;
}

export interface Entrant {
  readonly name: string;
  readonly run: () => Promise<Omit<Figures, 'othersShare'>>;
}

export interface Standing {
  readonly name: string;
  readonly seconds: number;
  readonly best: number;
  readonly cpuSeconds: number;
  readonly othersShare: number;
}

/** One round to warm up, then `rounds` in turning order. @throws when a run fails: it has no speed. */
export async function contest(entrants: readonly Entrant[], rounds: number, serverPid: number): Promise<Standing[]> {
  const samples: Figures[][] = entrants.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < entrants.length; turn += 1) {
      const index = (turn + round) % entrants.length;
      const figures = await observed(entrants[index], serverPid);
      if (round > 0 && figures !== undefined) samples[index]?.push(figures);
    }
  }
  return entrants.map(({ name }, index) => standingOf(name, samples[index] ?? []));
}

export function printStandings(title: string, standings: readonly Standing[], megabytes: number): void {
  console.log(`\n## ${title}\n`);
  console.log('| | MB/s median | MB/s best | s median | CPU s/GB | others |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const { name, seconds, best, cpuSeconds, othersShare } of standings) {
    const [mid, top] = [megabytes / seconds, megabytes / best].map((rate) => rate.toFixed(0));
    const cpu = ((cpuSeconds / megabytes) * 1000).toFixed(2);
    const noise = `${(othersShare * 100).toFixed(0)} %${othersShare > NOISE_LIMIT ? ' (noisy)' : ''}`;
    console.log(`| ${name} | ${mid} | ${top} | ${seconds.toFixed(2)} | ${cpu} | ${noise} |`);
  }
}

/** A demand and whether this run meets it; with a busy machine neither. */
export function printRatio(
  what: string,
  ratio: number,
  demand: { readonly atLeast?: number; readonly atMost?: number },
) {
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = demand;
  const asked = demand.atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
  console.log(
    `- ${what}: ${ratio.toFixed(2)} × (asked ${asked}): ${ratio >= atLeast && ratio <= atMost ? 'met' : 'NOT MET'}`,
  );
}

export function named(standings: readonly Standing[], name: string): Standing {
  const found = standings.find((standing) => standing.name === name);
  if (found === undefined) throw new Error(`${name} did not run`);
  return found;
}

type Commands = readonly (readonly [string, ...string[]])[];

/** A program with arguments; exit code 0 or it throws. */
export function program(name: string, commands: Commands, out: string): Entrant {
  return {
    name,
    async run() {
      await rm(out, { recursive: true, force: true });
      return runCommands(commands);
    },
  };
}

export async function runCommands(commands: Commands): Promise<Omit<Figures, 'othersShare'>> {
  const [before, started] = [cpuTimes().own, performance.now()];
  for (const [file, ...args] of commands) await run(file, args, { maxBuffer: 64 * 1024 * 1024 });
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: cpuTimes().own - before };
}

/** Ours in a process of its own; time and processor without its start. */
export function ours(name: string, task: TransferTask): Entrant {
  return {
    name,
    async run() {
      await rm(task.out, { recursive: true, force: true });
      return transfer(task);
    },
  };
}

export async function transfer(task: TransferTask): Promise<TransferFigures> {
  const child = join(import.meta.dirname, 'run-transfer.ts');
  // Ten thousand addresses are more than a command line takes.
  const order = `${task.out}.task.json`;
  await writeFile(order, JSON.stringify(task));
  const { stdout } = await run(process.execPath, [child, order], { maxBuffer: 64 * 1024 * 1024 });
  await rm(order);
  const figures: TransferFigures = JSON.parse(stdout);
  return figures;
}

async function observed(entrant: Entrant | undefined, serverPid: number): Promise<Figures | undefined> {
  if (entrant === undefined) return undefined;
  const before = { ...cpuTimes(), server: cpuOfProcess(serverPid), at: performance.now() };
  const figures = await entrant.run();
  const after = { ...cpuTimes(), server: cpuOfProcess(serverPid), at: performance.now() };
  const everybody = (after.everybody ?? 0) - (before.everybody ?? 0);
  const known = after.own - before.own + after.server - before.server;
  const capacity = ((after.at - before.at) / 1000) * os.availableParallelism();
  return { ...figures, othersShare: Math.max(0, everybody - known) / capacity };
}

function standingOf(name: string, samples: readonly Figures[]): Standing {
  const seconds = samples.map((sample) => sample.seconds);
  return {
    name,
    seconds: median(seconds),
    best: Math.min(...seconds),
    cpuSeconds: median(samples.map((sample) => sample.cpuSeconds)),
    othersShare: median(samples.map((sample) => sample.othersShare)),
  };
}
