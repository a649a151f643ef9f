/**
 * One process that downloads through the engine and says what it took: `run-transfer.ts TASK.json`.
 * Seconds and memory are those above the loaded, idle program.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { createHashThread, createSteering, downloadFile, Wire } from '#engines/transfer';
import { systemClock, systemRandom } from '#kernel/clock';

export interface TransferTask {
  /** One or several; with several, `out` is a folder and all run at once. */
  readonly urls: readonly string[];
  readonly out: string;
  readonly sha256?: string;
  readonly connections?: number;
  readonly hashes?: readonly 'BLAKE3'[];
  readonly caFile?: string;
  /** Files at once; default all. */
  readonly parallel?: number;
  /** Leaves the verified file as a part. */
  readonly uncommitted?: true;
}

export interface TransferFigures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly extraBytes: number;
  readonly networkBytes: number;
  readonly sha256: readonly string[];
}

const task: TransferTask = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
const ca = task.caFile === undefined ? undefined : await readFile(task.caFile, 'utf8');
// Shared by all transfers of a process, as the product does.
const thread = createHashThread();
const wire = new Wire({ network: { ca } });
const steering = createSteering(systemClock);
const idleBytes = process.memoryUsage.rss();
let peakBytes = idleBytes;
const timer = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, 10);
const before = cpuSeconds();
const started = performance.now();
const sha256: string[] = [];
let networkBytes = 0;
const queue = task.urls.entries();
await Promise.all(Array.from({ length: task.parallel ?? task.urls.length }, work));
const figures: TransferFigures = {
  seconds: (performance.now() - started) / 1000,
  cpuSeconds: cpuSeconds() - before,
  extraBytes: peakBytes - idleBytes,
  networkBytes,
  sha256,
};
clearInterval(timer);
await thread[Symbol.asyncDispose]();
wire[Symbol.dispose]();
steering[Symbol.dispose]();
console.log(JSON.stringify(figures));

async function work(): Promise<void> {
  for (const [index, url] of queue) sha256[index] = await fetchOne(url);
}

async function fetchOne(url: string): Promise<string> {
  const target = task.urls.length === 1 ? task.out : join(task.out, basename(new URL(url).pathname));
  await using staged = await downloadFile(
    {
      source: { url },
      target,
      hashes: task.hashes ?? [],
      ...(task.sha256 === undefined ? {} : { expected: { hashes: { SHA256: task.sha256 } } }),
      ...(task.connections === undefined ? {} : { connections: task.connections }),
    },
    { clock: systemClock, random: systemRandom, hashThread: thread, network: { ca }, wire, steering },
  );
  if (task.uncommitted !== true) await staged.commit({ replace: true });
  networkBytes += staged.networkBytes;
  return staged.hashes.SHA256;
}

function cpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}
