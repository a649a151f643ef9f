/** One file fetched by processes that are killed one after the other, until one is left to finish it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { KIB, MIB } from '#kernel/units';
import { createDice, type Dice, type FaultProxy, seededContent, startFaultProxy } from '#stand-ins/fault-proxy';

import { sha256OfFile } from './attempt.ts';
import { losePower } from './lose-power.ts';

export interface KillRunOptions {
  readonly seed: string;
  readonly folder: string;
  readonly kills: number;
  /** With each kill goes what the disk had not made sure of; how much is fetched again is then not judged. */
  readonly powerCuts?: boolean;
}

export interface KillRun {
  readonly kills: number;
  /** Kills that came after the first byte. */
  readonly inside: number;
  readonly sizeBytes: number;
  /** Everything that arrived beyond the file's length, of all kills together. What nobody has read yet is not ours to lose. */
  readonly fetchedAgain: number;
}

const child = fileURLToPath(new URL('../../../src/engines/transfer/testing/download-child.ts', import.meta.url));
/** As many as the child uses. */
const connections = 4;
/** Slow, as lines are on which it matters what a kill costs. */
const bytesPerSecond = 16 * MIB;
const longestLifeMs = 300;
const patienceMs = 30_000;
/** The most that may be fetched again because of one kill: one block for each connection, in whatever hands it was. */
const lostPerKill = connections * MIB;

/** @throws AssertionError when the file is wrong in the end, or more was fetched again than was under way. */
export async function killRun({ seed, folder, kills, powerCuts = false }: KillRunOptions): Promise<KillRun> {
  const dice = createDice(seed);
  // Twice of what all those lives can bring, so that none of them gets to the end.
  const content = seededContent(seed, Math.ceil(kills * (longestLifeMs / 1000) * connections * bytesPerSecond) + 4711);
  let isLast = false;
  await using proxy = await startFaultProxy({ content, behave: () => (isLast ? {} : { bytesPerSecond }) });
  const own = await mkdtemp(join(folder, 'kills-'));
  const target = join(own, 'model.bin');
  const tally = `${own}.received`;
  try {
    let inside = 0;
    for (let count = 0; count < kills; count += 1) {
      inside += Number(await liveShortly(proxy, { target, tally }, dice));
      if (powerCuts) await losePower(target, dice);
    }
    const before = proxy.sentBytes;
    isLast = true;
    const last = start(proxy, { target, tally }, 'last');
    const complaint = textOf(last.stderr);
    const [code] = await once(last, 'exit');
    assert.equal(code, 0, `the last process ends well: ${await complaint}`);
    assert.equal(await sha256OfFile(target), content.sha256, 'SILENTLY WRONG after kills');
    assert.deepEqual(await readdir(own), ['model.bin'], 'nothing is left beside the file');
    assert.ok(before > 0, 'the kills came after the first byte');
    const fetchedAgain = (await stat(tally)).size * KIB - content.size;
    assert.ok(
      powerCuts || fetchedAgain <= inside * lostPerKill,
      `${fetchedAgain} bytes fetched again after ${inside} kills`,
    );
    return { kills, inside, sizeBytes: content.size, fetchedAgain };
  } finally {
    await rm(own, { recursive: true, force: true });
    await rm(tally, { force: true });
  }
}

/** True when it died after its first byte. One of five is killed while it starts. */
async function liveShortly(proxy: FaultProxy, files: ChildFiles, dice: Dice): Promise<boolean> {
  const before = proxy.sentBytes;
  const living = start(proxy, files, String(dice.int(0, 1e9)));
  const exited = once(living, 'exit');
  const complaint = textOf(living.stderr);
  if (dice.chance(0.8)) await untilSent(proxy, before, living);
  await sleep(dice.int(0, longestLifeMs));
  living.kill('SIGKILL');
  const [code, signal] = await exited;
  assert.equal(signal, 'SIGKILL', `it ended by itself with ${code}: ${await complaint}`);
  return proxy.sentBytes > before;
}

interface ChildFiles {
  readonly target: string;
  /** Grows by a letter for each KiB that arrives. */
  readonly tally: string;
}

function start(proxy: FaultProxy, { target, tally }: ChildFiles, signature: string): ChildProcess {
  return spawn(process.execPath, [child, `${proxy.origin}/file/1?sig=${signature}`, target, tally], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** All of it, once the process has ended. */
async function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? '' : await text(stream);
}

async function untilSent(proxy: FaultProxy, count: number, living: ChildProcess): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (proxy.sentBytes <= count) {
    assert.ok(living.exitCode === null && Date.now() < deadline, 'the process never asked for anything');
    await sleep(2);
  }
}
