/** One run of one contender: wall and CPU seconds, peak memory, and what share of the CPU others took meanwhile. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';

import { cpuTimes } from './machine.ts';

/** A program to run as its own process. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Sample {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Highest resident memory seen; sampled, so a short peak may be missed. */
  readonly peakBytes: number;
  /** 0…1 of all cores, by processes that are neither ours nor our children; undefined where it cannot be known. */
  readonly othersShare: number | undefined;
}

const SAMPLE_EVERY_MS = 10;

/** @throws when the command does not end with exit code 0: a run that failed has no speed. */
export async function measure(
  work: Command | ((signal: AbortSignal) => Promise<void>),
  signal: AbortSignal,
): Promise<Sample> {
  const before = cpuTimes();
  const started = performance.now();
  const peakBytes = typeof work === 'function' ? await peakOfFunction(work, signal) : await peakOfCommand(work, signal);
  const wallSeconds = (performance.now() - started) / 1000;
  const after = cpuTimes();
  const cpuSeconds = after.own - before.own;
  const everybody =
    after.everybody === undefined || before.everybody === undefined ? undefined : after.everybody - before.everybody;
  const capacity = wallSeconds * os.availableParallelism();
  const othersShare = everybody === undefined ? undefined : Math.max(0, everybody - cpuSeconds) / capacity;
  return { wallSeconds, cpuSeconds, peakBytes, othersShare };
}

async function peakOfFunction(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<number> {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, SAMPLE_EVERY_MS);
  try {
    await work(signal);
    return Math.max(peak, process.memoryUsage.rss());
  } finally {
    clearInterval(timer);
  }
}

function peakOfCommand({ program, args, cwd, env }: Command, signal: AbortSignal): Promise<number> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, highWaterMark(child.pid));
  }, SAMPLE_EVERY_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve(peak);
      else reject(new Error(`${[program, ...args].join(' ')} ended with ${code}: ${said.trim()}`));
    });
  });
}

function highWaterMark(pid: number | undefined): number {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}
