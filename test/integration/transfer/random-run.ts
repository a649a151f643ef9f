/** One download under faults, stops and power cuts that all follow from a seed; it must end right in the end. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { HashThread, TransferRequest } from '#engines/transfer';
import { systemClock } from '#kernel/clock';
import { DAY, KIB, MIB, SECOND } from '#kernel/units';
import {
  addressesDie,
  type Behave,
  createDice,
  type Dice,
  type FaultName,
  fault,
  faultNames,
  type SeededContent,
  seededContent,
  startFaultProxy,
  together,
} from '#stand-ins/fault-proxy';

import { type Attempt, attempt, type Outcome, sha256OfFile } from './attempt.ts';
import { losePower } from './lose-power.ts';

export interface RandomRunOptions {
  readonly seed: string;
  /** The run makes a folder of its own in it and removes it. */
  readonly folder: string;
  /** Shared by all runs of this process. */
  readonly hashThread: HashThread;
}

export interface RandomRun {
  readonly faults: readonly FaultName[];
  readonly sizeBytes: number;
  /** How each attempt ended: `right`, or the code of the error, or `killed`. */
  readonly ends: readonly string[];
  /** Requests for the file. */
  readonly asks: number;
  readonly sentBytes: number;
}

/** Wrong bytes that nothing tells where no hash is published. */
const undecidable: ReadonlySet<FaultName> = new Set(['flipped', 'from-start', 'length-too-short', 'another-version']);
/** Done by processes of their own, killed with SIGKILL instead of being interrupted. */
const killedShare = 1 / 15;
const attemptsUnderFault = 5;
const patientMs = 20_000;
const child = fileURLToPath(new URL('../../../src/engines/transfer/testing/download-child.ts', import.meta.url));

/** @throws AssertionError for a wrong file, an unclear error, litter, or a run without faults that does not end right. */
export async function randomRun({ seed, folder, hashThread }: RandomRunOptions): Promise<RandomRun> {
  const dice = createDice(seed);
  const inProcess = !dice.chance(killedShare);
  const content = seededContent(seed, drawSize(dice));
  // A process to be killed is told no hash; what it leaves is judged with one.
  const isPublished = !inProcess || dice.chance(0.75);
  const faults = drawFaults(dice, isPublished && inProcess);
  let behave = behaviour(dice, content, faults);
  await using proxy = await startFaultProxy({ content, behave: (ask) => behave(ask) });
  const own = await mkdtemp(join(folder, 'run-'));
  try {
    const request: TransferRequest = {
      source: { url: `${proxy.origin}/${dice.chance(0.5) ? 'api/download' : 'file'}/1` },
      target: join(own, 'model.bin'),
      connections: dice.int(1, 8),
      expected: isPublished ? { sizeBytes: content.size, hashes: { SHA256: content.sha256 } } : {},
    };
    const wanted: Attempt = { request, right: [content.sha256], deps: { clock: jumpingClock(dice), hashThread } };
    const ends: string[] = [];
    for (let count = 0; count < (inProcess ? attemptsUnderFault : 3) && ends.at(-1) !== 'right'; count += 1) {
      ends.push(inProcess ? await interruptible(wanted, dice) : await killed(request, content, dice));
    }
    behave = () => ({});
    if (ends.at(-1) !== 'right') ends.push(endOf(await attempt(patient(wanted))));
    // Killed between making a lock and writing its name into it: nobody takes such a lock over for ten seconds.
    if (ends.at(-1) === 'transfer.busy') ends.push(endOf(await attempt(patient(later(wanted)))));
    assert.equal(ends.at(-1), 'right', `without a fault: ${ends.join(', ')}`);
    return { faults, sizeBytes: content.size, ends, asks: proxy.count('file'), sentBytes: proxy.sentBytes };
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** As many small ones as such that are fetched in pieces. */
function drawSize(dice: Dice): number {
  const [from, to] = dice.pick([
    [100 * KIB, MIB],
    [MIB, 8 * MIB],
    [8 * MIB, 12 * MIB],
  ] as const);
  return dice.int(from, to);
}

function drawFaults(dice: Dice, mayBeWrong: boolean): readonly FaultName[] {
  const [first = 'cut', ...rest] = faultNames.filter((name) => mayBeWrong || !undecidable.has(name));
  return Array.from({ length: dice.int(1, 3) }, () => dice.pick([first, ...rest]));
}

function behaviour(dice: Dice, { size }: SeededContent, faults: readonly FaultName[]): Behave {
  const draw = { dice, size };
  const struck = faults.map((name) => fault(name, draw, { after: dice.int(0, 3), times: dice.int(1, 4) }));
  return together(dice.chance(0.3) ? [...struck, addressesDie(draw, dice.int(1, 3))] : struck);
}

/** Half of the attempts are interrupted, at once or in the middle. */
async function interruptible(wanted: Attempt, dice: Dice): Promise<string> {
  if (dice.chance(0.5)) return endOf(await attempt(wanted));
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), dice.int(0, 120));
  try {
    return endOf(await attempt({ ...wanted, request: { ...wanted.request, signal: stop.signal } }));
  } finally {
    clearTimeout(timer);
  }
}

/** `killed`, or what the process came to before. */
async function killed({ source, target }: TransferRequest, content: SeededContent, dice: Dice): Promise<string> {
  const url = typeof source === 'function' ? '' : source.url;
  const started = spawn(process.execPath, [child, url, target], { stdio: 'ignore' });
  const exited = once(started, 'exit');
  // Half of it is the start of the process.
  await Promise.race([exited, sleep(dice.int(150, 500))]);
  started.kill('SIGKILL');
  const [code] = await exited;
  const isPlaced = await access(target).then(
    () => true,
    () => false,
  );
  if (isPlaced) {
    assert.equal(await sha256OfFile(target), content.sha256, 'SILENTLY WRONG, by a process that was killed');
    return 'right';
  }
  if (code === null && dice.chance(0.5)) await losePower(target, dice);
  return code === null ? 'killed' : `process ended with ${code}`;
}

function patient(wanted: Attempt): Attempt {
  return { ...wanted, request: { ...wanted.request, idleTimeoutMs: patientMs } };
}

function later(wanted: Attempt): Attempt {
  const clock = { now: () => Date.now() + 11 * SECOND, monotonic: () => systemClock.monotonic() };
  return { ...wanted, deps: { ...wanted.deps, clock } };
}

function endOf(outcome: Outcome): string {
  return outcome.end === 'right' ? 'right' : outcome.code;
}

/** Somebody sets the clock while it runs; time that is only measured goes on. */
function jumpingClock(dice: Dice): typeof systemClock {
  const jumpMs = dice.chance(0.3) ? dice.int(-400, 400) * DAY : 0;
  let calls = 0;
  return {
    now: () => Date.now() + ((calls += 1) % 2 === 0 ? jumpMs : 0),
    monotonic: () => systemClock.monotonic(),
  };
}
