/**
 * Side-by-side measurements: every round runs each contender once, in turning order, so that what the machine does
 * meanwhile meets all of them. An area is a file `bench/AREA.ts` that calls `compare`; `npm run bench AREA` runs it.
 */
import fs from 'node:fs/promises';
import path from 'node:path';

import { describeMachine } from './harness/machine.ts';
import { type Command, measure, type Sample } from './harness/measure.ts';
import { type ContenderReport, type Report, toMarkdown } from './harness/report.ts';
import { summarise } from './harness/summary.ts';

export interface Contender {
  readonly name: string;
  readonly version: string;
  /** A program, or a function measured within this process; a program's memory and start-up are its own. */
  readonly work: Command | ((signal: AbortSignal) => Promise<void>);
  /** Runs before every round, unmeasured: empties targets, drops what the last run left. */
  readonly prepare?: (signal: AbortSignal) => Promise<void>;
  /** Runs after every run, unmeasured. @throws when what the run left is wrong: that has no speed either. */
  readonly check?: (signal: AbortSignal) => Promise<void>;
}

export interface Comparison {
  /** File name of the results. */
  readonly area: string;
  readonly title: string;
  readonly unit: string;
  /** Units one run handles, for the per-unit figures. */
  readonly units: number;
  /** Ours first. */
  readonly contenders: readonly Contender[];
  /** Default: 5, or 3 when one run takes more than 30 s. */
  readonly rounds?: number;
  /** False where every run begins cold anyway; then `rounds` says how many there are. Default true. */
  readonly warmUp?: boolean;
  /** Default `bench/results`. */
  readonly results?: string;
  readonly signal?: AbortSignal;
}

const LONG_RUN_SECONDS = 30;

/** Measures, prints the report and writes it as Markdown and JSON. @throws when a contender's run fails. */
export async function compare(comparison: Comparison): Promise<Report> {
  const { area, title, unit, units, contenders } = comparison;
  const signal = comparison.signal ?? new AbortController().signal;
  const startedAt = new Date().toISOString();
  const warmUp = comparison.warmUp === false ? [] : await runRound(contenders, 0, signal);
  const longest = Math.max(0, ...warmUp.map((sample) => sample.wallSeconds));
  const rounds = comparison.rounds ?? (longest > LONG_RUN_SECONDS ? 3 : 5);
  const samples: Sample[][] = contenders.map(() => []);
  for (let round = 1; round <= rounds; round++) {
    const measured = await runRound(contenders, round, signal);
    for (const [index, sample] of measured.entries()) samples[index]?.push(sample);
  }
  const reports = contenders.map((contender, index) => reportOf(contender, samples[index] ?? []));
  const warmedUp = warmUp.length > 0;
  const report = {
    area,
    title,
    unit,
    units,
    rounds,
    warmedUp,
    startedAt,
    machine: describeMachine(),
    contenders: reports,
  };
  await publish(report, comparison.results ?? path.join(import.meta.dirname, 'results'));
  return report;
}

/** The samples in the order of `contenders`, whatever order they ran in. */
async function runRound(
  contenders: readonly Contender[],
  round: number,
  signal: AbortSignal,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let turn = 0; turn < contenders.length; turn++) {
    const index = (turn + round) % contenders.length;
    const contender = contenders[index];
    if (contender === undefined) continue;
    await contender.prepare?.(signal);
    samples[index] = await measure(contender.work, signal);
    await contender.check?.(signal);
  }
  return samples;
}

function reportOf({ name, version, work }: Contender, samples: readonly Sample[]): ContenderReport {
  const command = typeof work === 'function' ? 'in this process' : [work.program, ...work.args].join(' ');
  return { name, version, command, samples, ...summarise(samples) };
}

async function publish(report: Report, folder: string): Promise<void> {
  const markdown = toMarkdown(report);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(path.join(folder, `${report.area}.md`), markdown);
  await fs.writeFile(path.join(folder, `${report.area}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(markdown);
}
