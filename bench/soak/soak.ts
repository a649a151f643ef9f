/**
 * Downloads under random faults, and processes killed at random points, for as long as there is time. What the tests do
 * in a minute, at length: every run follows from the seed that is printed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createHashThread, type HashThread } from '#engines/transfer';
import { MINUTE, SECOND } from '#kernel/units';

import { type KillRun, killRun } from '../../test/integration/transfer/kill-run.ts';
import { type RandomRun, randomRun } from '../../test/integration/transfer/random-run.ts';
import { type SoakResult, soakReport } from './soak-report.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: string;
  /** Kills in all, if there is time for them. */
  readonly kills: number;
  readonly signal: AbortSignal;
}

const randomAtOnce = 4;
const killsPerFile = 25;
const reportEveryMs = MINUTE;

/** Runs to the end of the time, or until the signal; prints a table. False when anything was wrong. */
export async function soak(options: SoakOptions): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-soak-'));
  const tracks = new Tracks(options, folder);
  const timer = setInterval(() => console.error(progressLine(tracks.result())), reportEveryMs);
  try {
    await tracks.run();
  } finally {
    clearInterval(timer);
    await rm(folder, { recursive: true, force: true });
  }
  const result = tracks.result();
  console.log(soakReport(result, options.seed));
  return result.failures.length === 0;
}

function progressLine({ seconds, random, killed, failures }: SoakResult): string {
  const kills = killed.reduce((sum, run) => sum + run.kills, 0);
  return `${(seconds / 60).toFixed(0)} min: ${random.length} downloads, ${kills} kills, ${failures.length} wrong`;
}

class Tracks {
  readonly #random: RandomRun[] = [];
  readonly #killed: KillRun[] = [];
  readonly #failures: string[] = [];
  readonly #options: SoakOptions;
  readonly #folder: string;
  readonly #startedAt = performance.now();
  #count = 0;

  constructor(options: SoakOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
  }

  result(): SoakResult {
    const seconds = (performance.now() - this.#startedAt) / SECOND;
    return { random: this.#random, killed: this.#killed, failures: this.#failures, seconds };
  }

  async run(): Promise<void> {
    await using hashThread = createHashThread();
    const random = Array.from({ length: randomAtOnce }, () => this.#randomTrack(hashThread));
    await Promise.all([...random, this.#killTrack()]);
  }

  async #randomTrack(hashThread: HashThread): Promise<void> {
    while (!this.#isOver()) {
      const seed = `${this.#options.seed}/${this.#count}`;
      this.#count += 1;
      await this.#noting(`KURA_FAULT_SEED=${seed} KURA_FAULT_RUNS=1`, async () => {
        this.#random.push(await randomRun({ seed, folder: this.#folder, hashThread }));
      });
    }
  }

  async #killTrack(): Promise<void> {
    for (let kills = 0; kills < this.#options.kills && !this.#isOver(); kills += killsPerFile) {
      const seed = `${this.#options.seed}/kills-${kills}`;
      await this.#noting(`kills, seed ${seed}`, async () => {
        this.#killed.push(await killRun({ seed, folder: this.#folder, kills: killsPerFile }));
      });
    }
  }

  #isOver(): boolean {
    const elapsedMs = performance.now() - this.#startedAt;
    return this.#options.signal.aborted || elapsedMs >= this.#options.minutes * MINUTE;
  }

  async #noting(how: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#failures.push(`${how}: ${String(error)}`);
    }
  }
}
