/**
 * Scanning what is big without being read: sparse files of 3 to 20 GiB, each in a process of its own, so that time and
 * memory are those of a first scan; and 1,000 small files beside `sha256sum` over the same ones in turning order.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { scanFile } from '#engines/modelscan';
import { GIB, KIB, MIB } from '#kernel/units';

import { bigFiles, type SparseFile } from '../src/engines/modelscan/testing/big-files.ts';
import { goodFiles } from '../src/engines/modelscan/testing/fuzz-corpus.ts';
import { describeMachine } from './harness/machine.ts';

const SMALL_FILES = 1000;
const ROUNDS = 7;
const run = promisify(execFile);

const [task, path = ''] = process.argv.slice(2);
if (task === 'one') await scanOne(path);
else await measureAll();

interface Sample {
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
  const sample: Sample = JSON.parse(stdout);
  const [gib, seconds] = [(size / GIB).toFixed(1), (sample.ms / 1000).toFixed(3)];
  const [extra, read] = [sample.extraBytes, sample.bytesRead].map((bytes) => (bytes / MIB).toFixed(1));
  console.log(`| ${name} | ${gib} | ${sample.verdict} | ${seconds} | ${extra} | ${read} |`);
  await rm(file);
}

async function scanOne(file: string): Promise<void> {
  const before = process.resourceUsage().maxRSS;
  const started = performance.now();
  const { verdict, bytesRead } = await scanFile(file);
  const sample: Sample = {
    verdict,
    bytesRead,
    ms: performance.now() - started,
    extraBytes: (process.resourceUsage().maxRSS - before) * KIB,
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
  const scans: number[] = [];
  const sums: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    scans.push(await timed(() => scanAll(files)));
    sums.push((await timed(() => run('sha256sum', files))) - (await timed(() => run('sha256sum', [empty]))));
  }
  const [ours, theirs] = [median(scans.slice(1)), median(sums.slice(1))];
  console.log(`\n${SMALL_FILES} small files, median of ${ROUNDS - 1} rounds after one to warm up:`);
  console.log(
    `scan ${ours.toFixed(0)} ms (first round ${(scans[0] ?? 0).toFixed(0)} ms), sha256sum without its start ${theirs.toFixed(0)} ms`,
  );
  console.log(`ratio ${(ours / theirs).toFixed(1)}`);
}

async function scanAll(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const { verdict } = await scanFile(file);
    if (verdict !== 'clean') throw new Error(`${file} is ${verdict}`);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
