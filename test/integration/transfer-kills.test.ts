import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { MIB } from '#kernel/units';

import { inParallel } from './transfer/in-parallel.ts';
import { type KillRun, killRun } from './transfer/kill-run.ts';

/** Starting a process is most of the time: three wait for each other's. */
const files = 3;
const kills = Number(process.env['KURA_KILLS'] ?? 51);
const powerCuts = 15;
const seed = process.env['KURA_FAULT_SEED'] ?? String(Date.now());

describe('a download killed with SIGKILL at random moments', () => {
  it(`ends with the right file after ${kills} kills, and loses a block per connection each time`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-kills-'));
    const done: KillRun[] = [];
    try {
      await inParallel(files, files, async (index) => {
        done.push(await killRun({ seed: `${seed}/${index}`, folder, kills: Math.ceil(kills / files) }));
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const [inside, again] = [sumOf(done, 'inside'), sumOf(done, 'fetchedAgain') / MIB];
    console.log(
      `seed ${seed}: ${sumOf(done, 'kills')} kills, ${inside} inside, ${(sumOf(done, 'sizeBytes') / MIB).toFixed(0)} MiB, ` +
        `${again.toFixed(1)} MiB fetched again: ${(again / inside).toFixed(2)} MiB per kill`,
    );
    assert.ok(inside >= kills / 2, 'most kills come after the first byte');
  });

  it('ends with the right file when each kill is a power cut that drops what was not durable', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-power-cuts-'));
    try {
      const run = await killRun({ seed: `${seed}/power`, folder, kills: powerCuts, powerCuts: true });
      console.log(
        `seed ${seed}/power: ${run.kills} power cuts, ${(run.fetchedAgain / MIB).toFixed(1)} MiB fetched again`,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

function sumOf(runs: readonly KillRun[], key: keyof KillRun): number {
  return runs.reduce((sum, run) => sum + run[key], 0);
}
