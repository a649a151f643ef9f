/**
 * Scanning what is big without being read: sparse files of 3 to 20 GiB, each in a process of its own, so that time and
 * memory are those of a first scan; and 1,000 small files beside `sha256sum` over the same ones in turning order.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { createScanner, type Scanner, scanFile } from '#engines/modelscan';
import { GIB, MIB } from '#kernel/units';

import { bigFiles, type SparseFile } from '../src/engines/modelscan/testing/big-files.ts';
import { goodFiles } from '../src/engines/modelscan/testing/fuzz-corpus.ts';
import { describeMachine, peakBytes } from './harness/machine.ts';
import { measure, type Sample } from './harness/measure.ts';
import { median } from './harness/summary.ts';

const SMALL_FILES = 1000;
/**
 * Until the code is compiled, rounds measure the start of a process, which sha256sum has behind it when it is made: each
 * thread compiles for itself, and the parser of one format among two dozen meets 20 files a round.
 */
const WARM_UP = 60;
const ROUNDS = 15;
/** Rounds shown one by one: what a program pays that scans once; then single later ones, on the way to the warm state. */
const EARLY = 3;
const LATER = [10, 20, 40];
/** A larger share of the machine makes times useless. */
const BUSY = 0.1;
const run = promisify(execFile);

const [task, path = ''] = process.argv.slice(2);
if (task === 'one') await scanOne(path);
else await measureAll();

interface BigSample {
  readonly verdict: string;
  readonly ms: number;
  readonly bytesRead: number;
  /** Highest resident memory above that of the process before it scanned. */
  readonly extraBytes: number;
}

async function measureAll(): Promise<void> {
  const { cpu, cores, node } = describeMachine();
  console.log(`${cpu}, ${cores} cores, Node ${node}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'kura-bench-scan-'));
  try {
    console.log('| file | GiB | verdict | s | MiB above idle | MiB read |');
    console.log('| --- | ---: | --- | ---: | ---: | ---: |');
    for (const file of bigFiles()) await measureBig(folder, file);
    await measureSmall(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureBig(folder: string, { name, segments, size }: SparseFile): Promise<void> {
  const file = join(folder, name);
  {
    await using handle = await open(file, 'w');
    await handle.truncate(size);
    for (const { offset, bytes } of segments) await handle.write(bytes, 0, bytes.length, offset);
  }
  const { stdout } = await run(process.execPath, [...process.execArgv, import.meta.filename, 'one', file]);
  const sample: BigSample = JSON.parse(stdout);
  const [gib, seconds] = [(size / GIB).toFixed(1), (sample.ms / 1000).toFixed(3)];
  const [extra, read] = [sample.extraBytes, sample.bytesRead].map((bytes) => (bytes / MIB).toFixed(1));
  console.log(`| ${name} | ${gib} | ${sample.verdict} | ${seconds} | ${extra} | ${read} |`);
  await rm(file);
}

async function scanOne(file: string): Promise<void> {
  const before = peakBytes();
  const started = performance.now();
  const { verdict, bytesRead } = await scanFile(file);
  const sample: BigSample = {
    verdict,
    bytesRead,
    ms: performance.now() - started,
    extraBytes: peakBytes() - before,
  };
  console.log(JSON.stringify(sample));
}

/** Good files of every format in turn. */
async function measureSmall(folder: string): Promise<void> {
  const files: string[] = [];
  for (let index = 0; index < SMALL_FILES; index += 1) {
    const [name = '', content = Buffer.alloc(0)] = goodFiles[index % goodFiles.length] ?? [];
    const file = join(folder, `${index}-${name}`);
    await writeFile(file, content);
    files.push(file);
  }
  const empty = join(folder, 'empty');
  await writeFile(empty, '');
  const threads = availableParallelism();
  await using scanner = createScanner({ size: threads, startsAtOnce: true });
  const pool: Sample[] = [];
  const alone: Sample[] = [];
  const sums: Sample[] = [];
  const starts: Sample[] = [];
  const { signal } = new AbortController();
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    pool.push(await measure(() => scanTogether(scanner, files), signal));
    alone.push(await measure(() => scanOneByOne(files), signal));
    sums.push(await measure(() => sum(files), signal));
    starts.push(await measure(() => sum([empty]), signal));
  }
  const theirs = figuresOf(sums, starts);
  const others = median([...pool, ...alone].map(({ othersShare }) => othersShare ?? 0));
  const bytes = goodFiles.reduce((total, [, content]) => total + content.length, 0) / goodFiles.length;
  console.log(
    `\n${SMALL_FILES} small files of ${bytes.toFixed(0)} bytes on average, ${ROUNDS} rounds in turn after ${WARM_UP}: median of time, mean of CPU.`,
  );
  console.log(
    `Others took ${(100 * others).toFixed(0)} % of the machine${others > BUSY ? ': only CPU can be compared' : ''}.`,
  );
  console.log(`sha256sum without its start: ${theirs.wallMs.toFixed(1)} ms, CPU ${theirs.cpuMs.toFixed(1)} ms`);
  tell(`on ${threads} threads, as kura scan does`, pool, theirs);
  tell('one after the other in this thread', alone, theirs);
}

interface Figures {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Without the rounds that warm up, and less what `starts` took. */
function figuresOf(rounds: readonly Sample[], starts: readonly Sample[] = []): Figures {
  const differences = rounds.map(({ wallSeconds, cpuSeconds }, round) => ({
    wallMs: 1000 * (wallSeconds - (starts[round]?.wallSeconds ?? 0)),
    cpuMs: 1000 * (cpuSeconds - (starts[round]?.cpuSeconds ?? 0)),
  }));
  const measured = differences.slice(WARM_UP);
  const cpuMs = measured.reduce((total, round) => total + round.cpuMs, 0) / measured.length;
  return { wallMs: median(measured.map((round) => round.wallMs)), cpuMs };
}

async function sum(files: readonly string[]): Promise<void> {
  await run('sha256sum', files);
}

function tell(how: string, rounds: readonly Sample[], theirs: Figures): void {
  const { wallMs, cpuMs } = figuresOf(rounds);
  const times = rounds.map(({ wallSeconds }) => (1000 * wallSeconds).toFixed(0));
  const later = LATER.map((round) => `round ${round} ${times[round - 1]}`);
  console.log(
    `scan ${how}: ${wallMs.toFixed(1)} ms (first rounds ${[...times.slice(0, EARLY), ...later].join(', ')} ms), CPU ${cpuMs.toFixed(1)} ms; ` +
      `ratio ${(wallMs / theirs.wallMs).toFixed(1)}, of CPU ${(cpuMs / theirs.cpuMs).toFixed(1)}`,
  );
}

async function scanTogether(scanner: Scanner, files: readonly string[]): Promise<void> {
  const reports = await Promise.all(files.map((file) => scanner.scan(file)));
  for (const { path, verdict } of reports) if (verdict !== 'clean') throw new Error(`${path} is ${verdict}`);
}

async function scanOneByOne(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const { verdict } = await scanFile(file);
    if (verdict !== 'clean') throw new Error(`${file} is ${verdict}`);
  }
}
