/**
 * Mutated files of every format: nothing may crash, take longer than two seconds of CPU, or grow the process beyond
 * 512 MiB, and nothing may be clean that imports what nobody allowed. An input is named by its number, so that it can be
 * made again. `KURA_BENCH_INPUTS` says how many (default 200,000), `KURA_BENCH_SEED` which ones, `KURA_BENCH_THREADS` on
 * how many threads (default 2); with `KURA_BENCH_STATE`, a file, a run that was interrupted goes on where it was.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { z } from 'zod';

import { MIB } from '#kernel/units';

import { fuzz } from './fuzz-scan/fuzz.ts';
import { nothingYet, type Tally, together } from './fuzz-scan/tally.ts';
import { peakBytes } from './harness/machine.ts';

const inputs = Number(process.env['KURA_BENCH_INPUTS'] ?? 200_000);
const seed = Number(process.env['KURA_BENCH_SEED'] ?? 1);
// Two: the memory that is watched is that of all threads together.
const threads = Number(process.env['KURA_BENCH_THREADS'] ?? Math.min(2, availableParallelism()));
const stateFile = process.env['KURA_BENCH_STATE'];

const stateSchema = z.object({
  seed: z.literal(seed),
  next: z.number(),
  seconds: z.number(),
  tally: z.object({
    inputs: z.number(),
    verdicts: z.record(z.string(), z.number()),
    slowest: z.object({ ms: z.number(), input: z.number() }),
    hungriest: z.object({ mib: z.number(), input: z.number() }),
    failures: z.array(z.string()).readonly(),
  }),
});
type State = z.output<typeof stateSchema>;

const before = readState();
const started = performance.now();
if (before.next > 0) console.log(`seed ${seed}, going on after ${before.next} inputs`);
const tally = await fuzz({ seed, from: before.next, to: inputs, threads, onProgress: keep }).then((more) =>
  together(before.tally, more),
);
print(tally, secondsSoFar());
process.exitCode = tally.failures.length === 0 ? 0 : 1;

function keep(next: number, more: Tally): void {
  if (stateFile === undefined) return;
  const state: State = { seed, next, seconds: secondsSoFar(), tally: together(before.tally, more) };
  writeFileSync(`${stateFile}.new`, JSON.stringify(state));
  renameSync(`${stateFile}.new`, stateFile);
}

function readState(): State {
  if (stateFile === undefined || !existsSync(stateFile)) return { seed, next: 0, seconds: 0, tally: nothingYet };
  return stateSchema.parse(JSON.parse(readFileSync(stateFile, 'utf8')));
}

function secondsSoFar(): number {
  return before.seconds + (performance.now() - started) / 1000;
}

function print({ inputs: done, verdicts, slowest, hungriest, failures }: Tally, seconds: number): void {
  const peak = peakBytes() / MIB;
  console.log(`seed ${seed}: ${done} inputs in ${seconds.toFixed(0)} s (${Math.round(done / seconds)} a second)`);
  console.log(`slowest ${slowest.ms.toFixed(0)} ms (input ${slowest.input}), peak ${peak.toFixed(0)} MiB`);
  console.log(`one scan raised the peak by ${hungriest.mib.toFixed(0)} MiB at most (input ${hungriest.input})`);
  console.log(
    Object.entries(verdicts)
      .map(([verdict, count]) => `${verdict} ${count}`)
      .join(', '),
  );
  for (const failure of failures.slice(0, 20)) console.log(`FAILED ${failure}`);
}
