/** The work that is compared, in the order in which it makes sense, each beside its goals against restic. */
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Command, measure } from '../harness/measure.ts';
import type { Report } from '../harness/report.ts';
import { type Comparison, type Contender, compare } from '../harness.ts';
import type { BackupMix } from './backup-mix.ts';
import { dropCaches } from './cold-cache.ts';
import type { Tool } from './tools.ts';

const run = promisify(execFile);

export interface Goals {
  /** At most so many times what restic takes. */
  readonly cpu: number;
  readonly wall?: number;
}

export interface Bench {
  readonly mix: BackupMix;
  readonly tools: readonly Tool[];
  readonly folder: string;
  readonly rounds: number;
}

interface Step {
  readonly area: string;
  readonly title: string;
  readonly goals?: Goals;
  /** Once, before all runs. */
  readonly begin?: (bench: Bench) => Promise<void>;
  readonly prepare?: (tool: Tool, bench: Bench) => Promise<void>;
  readonly work: (tool: Tool, bench: Bench) => Command | Promise<Command>;
}

export interface StepResult {
  readonly title: string;
  readonly goals: Goals | undefined;
  readonly report: Report;
  /** Repository bytes when all runs were done, and what each run added, in the order of the tools. */
  readonly repositories: readonly { readonly bytes: number; readonly addedPerRun: number }[];
}

export const steps: readonly Step[] = [
  {
    area: 'first',
    title: 'First backup',
    goals: { cpu: 0.4, wall: 0.6 },
    prepare: (tool) => tool.init(),
    work: (tool) => tool.backup,
  },
  { area: 'unchanged', title: 'Unchanged second run', goals: { cpu: 1 }, work: (tool) => tool.backup },
  {
    area: 'moved',
    title: 'After moving a model file',
    goals: { cpu: 0.3 },
    prepare: (_tool, { mix }) => mix.moveModel(),
    work: (tool) => tool.backup,
  },
  {
    area: 'living',
    title: 'After days in the life of the database',
    prepare: async (_tool, { mix }) => mix.liveOneDay(),
    work: (tool) => tool.backup,
  },
  { area: 'verify', title: 'Full verify by reading', goals: { cpu: 0.8 }, work: (tool) => tool.verify },
  {
    area: 'restore',
    title: 'Restore',
    goals: { cpu: 0.6 },
    begin: backUpAll,
    prepare: (tool, bench) => emptyTarget(tool, bench),
    work: (tool, bench) => tool.restore(targetOf(tool, bench)),
  },
];

export async function measureStep(step: Step, bench: Bench): Promise<StepResult> {
  await step.begin?.(bench);
  const before = await Promise.all(bench.tools.map((tool) => bytesIn(tool.repository)));
  const contenders: Contender[] = [];
  for (const tool of bench.tools) {
    contenders.push({
      name: tool.name,
      version: tool.version,
      work: await step.work(tool, bench),
      async prepare() {
        await step.prepare?.(tool, bench);
        await dropCaches();
      },
    });
  }
  const report = await compare(comparisonOf(step, bench, contenders));
  const after = await Promise.all(bench.tools.map((tool) => bytesIn(tool.repository)));
  const repositories = after.map((bytes, index) => ({
    bytes,
    addedPerRun: (bytes - (before[index] ?? 0)) / bench.rounds,
  }));
  return { title: step.title, goals: step.goals, report, repositories };
}

/** @throws when a byte of what was restored, or a name, is not what it was: a restore that lost something has no speed. */
export async function compareRestored(bench: Bench): Promise<void> {
  for (const tool of bench.tools) {
    const restored = tool.restoredIn(targetOf(tool, bench));
    await run('diff', ['--recursive', '--brief', '--no-dereference', bench.mix.folder, restored]);
  }
}

function comparisonOf(step: Step, { mix, rounds, folder }: Bench, contenders: readonly Contender[]): Comparison {
  return {
    area: step.area,
    title: step.title,
    unit: 'MiB',
    units: mix.mebibytes,
    contenders,
    rounds,
    warmUp: false,
    results: join(folder, 'results'),
  };
}

/** What moved or lived on for the sake of one tool is new to the others. */
async function backUpAll({ tools }: Bench): Promise<void> {
  for (const tool of tools) await measure(tool.backup, new AbortController().signal);
}

async function emptyTarget(tool: Tool, bench: Bench): Promise<void> {
  const target = targetOf(tool, bench);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
}

function targetOf(tool: Tool, { folder }: Bench): string {
  return join(folder, 'restored', tool.name.replace(' ', '-'));
}

async function bytesIn(folder: string): Promise<number> {
  const { stdout } = await run('du', ['--summarize', '--bytes', folder]).catch(() => ({ stdout: '0' }));
  return Number.parseInt(stdout, 10);
}
