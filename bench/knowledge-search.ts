/**
 * Import and search of 50,000 entries of about 1 kB through the whole knowledge domain, beside a LIKE over the same
 * table. Every query in turn, both ways in the same round; `KURA_BENCH_ENTRIES` makes it smaller while working.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { sql } from 'kysely';
import { testActor } from '#platform/unit-of-work/testing';

import { type OpenKnowledge, openKnowledge } from '../src/domains/knowledge/testing/open-knowledge.ts';
import { labelledQueries, labelledTexts } from '../src/engines/lexis/testing/labelled-set.ts';
import { describeMachine } from './harness/machine.ts';

const entries = Number(process.env['KURA_BENCH_ENTRIES'] ?? 50_000);
const wordsPerEntry = 120;
const invented = 30_000;
const rounds = 5;

const folder = await mkdtemp(join(tmpdir(), 'kura-bench-knowledge-'));
try {
  const file = join(folder, 'entries.jsonl');
  await writeEntries(file);
  const database = join(folder, 'kura.sqlite');
  await using open = await openKnowledge(`sqlite:${database}`);
  const started = performance.now();
  await open.knowledge.importFiles(testActor, [file], { signal: new AbortController().signal });
  const seconds = (performance.now() - started) / 1000;
  const { cpu, cores, node } = describeMachine();
  console.log(`${entries} entries, ${mib(await sizeOf(file))} MiB of JSON Lines; ${cpu}, ${cores} cores, Node ${node}`);
  console.log(`import: ${seconds.toFixed(1)} s, ${Math.round(entries / seconds)} entries/s`);
  console.log(`database: ${mib(await sizeOf(database))} MiB\n`);
  printTimes(await timeQueries(open));
} finally {
  await rm(folder, { recursive: true, force: true });
}

interface Times {
  readonly kura: number[];
  readonly like: number[];
}

async function timeQueries({ database, knowledge }: OpenKnowledge): Promise<Times> {
  const times: Times = { kura: [], like: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const { text } of labelledQueries) {
      times.kura.push(await timed(() => knowledge.search({ q: text, limit: 20 })));
      times.like.push(await timed(() => searchByLike(database, text)));
    }
  }
  return times;
}

/** What the earlier system did: every word somewhere in title or body, newest first. */
function searchByLike(database: OpenKnowledge['database'], text: string): Promise<unknown> {
  const words = text.split(/\s+/u).map((word) => `%${word.replaceAll(/["「」]/g, '')}%`);
  const conditions = words.map((word) => sql`(title like ${word} or body like ${word})`);
  const where = sql.join(conditions, sql` and `);
  return sql`select id, title, count(*) over () from knowledge_entries where ${where}
    order by updated_at desc limit 20`.execute(database.tables());
}

function printTimes(times: Times): void {
  console.log('| way | queries | p50 ms | p95 ms | max ms |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [way, values] of Object.entries({ 'kura knowledge search': times.kura, 'LIKE scan': times.like })) {
    const sorted = values.toSorted((a, b) => a - b);
    const cells = [0.5, 0.95, 1].map((share) => at(sorted, share).toFixed(1));
    console.log(`| ${way} | ${sorted.length} | ${cells.join(' | ')} |`);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * Two texts of the labelled set among invented words, a few of them frequent and most of them rare as in every language;
 * a fixed seed gives the same entries on every machine.
 */
async function writeEntries(path: string): Promise<void> {
  const fraction = randomFractions(20_261_122);
  const out = createWriteStream(path);
  for (let id = 0; id < entries; id += 1) {
    const known = Array.from({ length: 2 }, () => pick(labelledTexts, fraction).body);
    const filler = Array.from({ length: wordsPerEntry }, () => inventedWord(fraction));
    const record = {
      id,
      title: `${pick(labelledTexts, fraction).title} ${inventedWord(fraction)}`,
      type: pick(['incident', 'problem', 'change', 'release', 'request', 'other'], fraction),
      body: [filler.slice(0, wordsPerEntry / 2).join('を'), ...known, filler.slice(wordsPerEntry / 2).join(' ')].join(
        '\n',
      ),
      tags: [pick(['網', '保管', '緊急', 'モデル', '計画'], fraction), `t${id % 40}`],
    };
    if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

/** Zipf's law, roughly: the n-th word is n times as rare as the first. */
function inventedWord(fraction: () => number): string {
  const rank = Math.floor(invented ** fraction());
  if (rank % 3 === 0) return (rank * 7919 + 46_656).toString(36).replaceAll(/\d/g, 'o');
  return String.fromCodePoint(0x4e00 + ((rank * 37) % 3000), 0x4e00 + ((rank * 101) % 3000));
}

function randomFractions(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function pick<T>(from: readonly T[], fraction: () => number): T {
  const picked = from[Math.floor(fraction() * from.length)];
  if (picked === undefined) throw new RangeError('nothing to pick from');
  return picked;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}

function mib(size: number): string {
  return (size / 1024 ** 2).toFixed(1);
}
