import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { createHashThread } from '#engines/transfer';
import { MIB } from '#kernel/units';

import { inParallel } from './transfer/in-parallel.ts';
import { type RandomRun, randomRun } from './transfer/random-run.ts';

/** `KURA_FAULT_SEED` and `KURA_FAULT_RUNS` repeat what was seen; one run alone takes its seed as it is printed. */
const seed = process.env['KURA_FAULT_SEED'] ?? String(Date.now());
const runs = Number(process.env['KURA_FAULT_RUNS'] ?? 300);
const atOnce = 10;

describe('downloadFile under random faults', () => {
  it(`ends with the right file in each of ${runs} runs, and never with a wrong one`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-random-faults-'));
    await using hashThread = createHashThread();
    const done: RandomRun[] = [];
    const unclosed: string[] = [];
    process.on('warning', ({ message }) => {
      if (message.includes('file descriptor')) unclosed.push(message);
    });
    try {
      await inParallel(runs, atOnce, async (index) => {
        const own = runs === 1 ? seed : `${seed}/${index}`;
        try {
          done.push(await randomRun({ seed: own, folder, hashThread }));
        } catch (error) {
          throw new Error(`KURA_FAULT_SEED=${own} KURA_FAULT_RUNS=1: ${String(error)}`, { cause: error });
        }
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
      console.log(`seed ${seed}: ${summary(done)}`);
    }
    assert.equal(done.length, runs);
    assert.deepEqual(unclosed, [], 'every file that was opened is closed');
  });
});

function summary(done: readonly RandomRun[]): string {
  const ends = new Map<string, number>();
  for (const end of done.flatMap((run) => run.ends)) ends.set(end, (ends.get(end) ?? 0) + 1);
  const asks = done.reduce((sum, run) => sum + run.asks, 0);
  const sent = done.reduce((sum, run) => sum + run.sentBytes, 0);
  const sizes = done.reduce((sum, run) => sum + run.sizeBytes, 0);
  const told = [...ends].sort((a, b) => b[1] - a[1]).map(([end, count]) => `${end} ${count}`);
  return `${done.length} runs, ${asks} asks, ${(sent / MIB).toFixed(0)} MiB sent for ${(sizes / MIB).toFixed(0)}; ${told.join(', ')}`;
}
