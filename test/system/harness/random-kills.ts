/** SIGKILL at random moments, again and again on the same data: the runs go on where the killed ones stopped. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import { succeeded } from './answers.ts';
import type { KuraProcess, KuraResult } from './kura-process.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** Enough to hit start, work and end; `KURA_KILLS=50 npm test -- test/system/killed-import.test.ts` takes minutes. */
const wantedKills = Number(process.env['KURA_KILLS'] ?? 16);
/** The others hit the work itself, however long a busy machine takes to get there. */
const shareDuringStart = 0.2;
const pollMs = 10;

export interface KilledWork {
  readonly name: string;
  /** New work, as much of it each time: before the first run, and after each that came to its end. */
  layOut(): Promise<void>;
  start(): KuraProcess;
  /** Whether the run started last has begun its work, as far as can be seen from outside. */
  hasBegun(): Promise<boolean>;
  /** Looks at what a kill left. */
  afterKill(): Promise<void>;
  /** Checks what a run that came to its end has made. */
  afterEnd(result: KuraResult): Promise<void>;
}

/** Lets one run end, kills until 16 (or `KURA_KILLS`) kills have landed, and lets one more run end. */
export async function killAtRandomMoments(work: KilledWork): Promise<void> {
  const usual = await runUndisturbed(work);
  const random = seededRandom(work.name);
  let landed = 0;
  let inside = 0;
  let ended = 0;
  while (landed < wantedKills) {
    // Runs that end first must not leave more and more of the kills to the start.
    const startIsDue = landed - inside < wantedKills * shareDuringStart;
    const { result, begun } = await killedRun(work, usual, { random, startIsDue });
    if (result.signal === 'SIGKILL') {
      landed += 1;
      if (begun) inside += 1;
      await work.afterKill();
    } else {
      ended += 1;
      await work.afterEnd(succeeded(result));
      await work.layOut();
    }
    assert.ok(ended <= 10 + wantedKills * 3, `only ${landed} kills landed while ${ended} runs ended first`);
  }
  await using last = work.start();
  await work.afterEnd(succeeded(await last.result));
  console.log(`${work.name}: ${landed} kills, ${inside} of them inside the work; ${ended + 2} runs came to their end`);
  assert.ok(inside >= landed / 2, `only ${inside} of ${landed} kills landed inside the work`);
}

interface Durations {
  readonly startMs: number;
  readonly workMs: number;
}

async function runUndisturbed(work: KilledWork): Promise<Durations> {
  await work.layOut();
  await using kura = work.start();
  const began = performance.now();
  assert.ok(await untilBegun(work, kura), 'the work was never seen to begin');
  const startMs = performance.now() - began;
  const result = succeeded(await kura.result);
  await work.afterEnd(result);
  await work.layOut();
  return { startMs, workMs: result.ms - startMs };
}

async function killedRun(
  work: KilledWork,
  usual: Durations,
  { random, startIsDue }: { readonly random: SeededRandom; readonly startIsDue: boolean },
): Promise<{ readonly result: KuraResult; readonly begun: boolean }> {
  const duringStart = random.fraction() < shareDuringStart && startIsDue;
  // Early moments more often: what was done before stays done, so that the kills after it reach the later ones, and
  // fewer runs come to their end before their kill lands.
  const delayMs = duringStart ? random.fraction() * usual.startMs : random.fraction() ** 2 * usual.workMs;
  await using kura = work.start();
  const begun = duringStart ? false : await untilBegun(work, kura);
  await Promise.race([kura.result, sleep(delayMs)]);
  kura.kill('SIGKILL');
  return { result: await kura.result, begun };
}

async function untilBegun(work: KilledWork, kura: KuraProcess): Promise<boolean> {
  while (kura.running) {
    if (await work.hasBegun()) return true;
    await sleep(pollMs);
  }
  return false;
}
