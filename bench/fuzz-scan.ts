/**
 * Mutated files of every format, one after the other: nothing may crash, take longer than two seconds, or grow the
 * process beyond 512 MiB, and nothing may be clean that imports what nobody allowed. `KURA_BENCH_INPUTS` says how many,
 * `KURA_BENCH_SEED` which; a failing input is named by its own number, so that it can be made again.
 */
import { scanBytes } from '#engines/modelscan';
import { MIB, SECOND } from '#kernel/units';

import { goodFiles, type Mutation, meaningfulBytes, mutate } from '../src/engines/modelscan/testing/fuzz-corpus.ts';

const inputs = Number(process.env['KURA_BENCH_INPUTS'] ?? 200_000);
const seed = Number(process.env['KURA_BENCH_SEED'] ?? 1);
const LONGEST_MS = 2 * SECOND;
const MOST_BYTES = 512 * MIB;

const started = performance.now();
const verdicts = new Map<string, number>();
const failures: string[] = [];
let slowest = 0;
for (let index = 0; index < inputs; index += 1) {
  const random = mulberry32(seed * 0x9e37_79b9 + index);
  const [name, good] = pick(goodFiles, random);
  const mutations = Array.from({ length: 1 + below(5, random) }, () => mutationOf(good.length, random));
  await scanOne(`${name}, input ${index}`, name, mutate(good, mutations));
}
const seconds = (performance.now() - started) / 1000;
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `${inputs} inputs of ${goodFiles.length} formats in ${seconds.toFixed(1)} s (${Math.round(inputs / seconds)} a second)`,
);
console.log(`slowest ${slowest.toFixed(0)} ms, peak ${peak.toFixed(0)} MiB`);
console.log([...verdicts].map(([verdict, count]) => `${verdict} ${count}`).join(', '));
if (peak * MIB > MOST_BYTES) failures.push(`memory: ${peak.toFixed(0)} MiB`);
for (const failure of failures.slice(0, 20)) console.log(`FAILED ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function scanOne(label: string, name: string, content: Buffer): Promise<void> {
  const before = performance.now();
  const { verdict, findings, imports } = await scanBytes(content, { names: [name] });
  const ms = performance.now() - before;
  slowest = Math.max(slowest, ms);
  verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  const stumble = findings.find(({ rule }) => rule === 'scan-failed');
  if (stumble !== undefined) failures.push(`${label}: ${stumble.evidence}`);
  if (ms > LONGEST_MS) failures.push(`${label}: ${ms.toFixed(0)} ms`);
  if (verdict === 'clean' && imports.some((record) => record.verdict !== 'allowed'))
    failures.push(`${label}: clean with an import that is not allowed`);
}

function mutationOf(length: number, random: () => number): Mutation {
  const bytes = below(3, random) === 0 ? pick(meaningfulBytes, random) : randomBytes(below(6, random), random);
  // Mostly in place, so that what follows keeps its distance.
  const remove = below(4, random) === 0 ? below(12, random) : bytes.length;
  return { at: below(length + 1, random), bytes, remove };
}

function randomBytes(length: number, random: () => number): Buffer {
  return Buffer.from(Array.from({ length }, () => below(256, random)));
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[below(items.length, random)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit);
}

/** A small generator whose numbers are the same everywhere (Tommy Ettinger's mulberry32). */
function mulberry32(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
