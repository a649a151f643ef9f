/**
 * Import and search of 50,000 entries of about 1 kB through the whole knowledge domain, on SQLite and PostgreSQL, beside a
 * LIKE over the same SQLite table. Every query in turn, all ways in the same round; wall and CPU time, because CPU time
 * survives a busy machine. `KURA_BENCH_ENTRIES` makes it smaller while working.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { sql } from 'kysely';
import { testActor } from '#platform/unit-of-work/testing';
import { startPostgres } from '#stand-ins/postgres';

import { everyReader, type OpenKnowledge, openKnowledge } from '../src/domains/knowledge/testing/open-knowledge.ts';
import { labelledQueries, labelledTexts } from '../src/engines/lexis/testing/labelled-set.ts';
import { describeMachine, peakBytes } from './harness/machine.ts';

const entries = Number(process.env['KURA_BENCH_ENTRIES'] ?? 50_000);
const wordsPerEntry = 120;
const invented = 30_000;
const rounds = 5;
const ways = [
  'SQLite, one or two words',
  'SQLite, any',
  'PostgreSQL, one or two words',
  'PostgreSQL, any',
  'LIKE scan',
];

const folder = await mkdtemp(join(tmpdir(), 'kura-bench-knowledge-'));
try {
  const file = join(folder, 'entries.jsonl');
  await writeEntries(file);
  const { cpu, cores, node } = describeMachine();
  console.log(`${entries} entries, ${mib(await sizeOf(file))} MiB of JSON Lines; ${cpu}, ${cores} cores, Node ${node}`);
  const database = join(folder, 'kura.sqlite');
  await using sqlite = await openKnowledge(`sqlite:${database}`);
  await importInto(sqlite, 'SQLite', file);
  await using server = await startPostgres();
  await using postgres = await openKnowledge(await server.createDatabase());
  await importInto(postgres, 'PostgreSQL', file);
  console.log(`database: ${mib(await sizeOf(database))} MiB`);
  await printIndexSize(sqlite);
  printTimes(await timeQueries(sqlite, postgres));
  console.log(`\npeak memory: ${mib(peakBytes())} MiB`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function importInto({ knowledge }: OpenKnowledge, name: string, file: string): Promise<void> {
  const taken = await timed(() => knowledge.importFiles(testActor, [file], { signal: new AbortController().signal }));
  const [wall, cpu] = [taken.wall / 1000, taken.cpu / 1000];
  console.log(
    `import into ${name}: ${wall.toFixed(1)} s, ${Math.round(entries / wall)} entries/s; ` +
      `${cpu.toFixed(1)} s of CPU, ${Math.round(entries / cpu)} entries/s`,
  );
}

async function printIndexSize({ database }: OpenKnowledge): Promise<void> {
  const reads = database.tables();
  const index = await sql<{ bytes: number }>`
    select sum(pgsize) as bytes from dbstat where name in ('knowledge_index_data', 'knowledge_index_docsize')`.execute(
    reads,
  );
  const text = await sql<{ bytes: number }>`
    select sum(length(cast(title as blob)) + length(cast(body as blob))) as bytes from knowledge_entries`.execute(
    reads,
  );
  const [ofIndex, ofText] = [index.rows[0]?.bytes ?? 0, text.rows[0]?.bytes ?? 0];
  console.log(
    `index: ${mib(ofIndex)} MiB for ${mib(ofText)} MiB of titles and texts (${(ofIndex / ofText).toFixed(3)})\n`,
  );
}

interface Taken {
  readonly wall: number;
  readonly cpu: number;
}

async function timeQueries(sqlite: OpenKnowledge, postgres: OpenKnowledge): Promise<ReadonlyMap<string, Taken[]>> {
  const times = new Map(ways.map((way): [string, Taken[]] => [way, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { text, kind } of labelledQueries) {
      const isShort = kind !== 'sentence' && text.trim().split(/\s+/u).length <= 2;
      for (const [name, { knowledge }] of [
        ['SQLite', sqlite],
        ['PostgreSQL', postgres],
      ] as const) {
        const taken = await timed(() => knowledge.search(everyReader, { q: text, limit: 20 }));
        times.get(`${name}, any`)?.push(taken);
        if (isShort) times.get(`${name}, one or two words`)?.push(taken);
      }
      times.get('LIKE scan')?.push(await timed(() => searchByLike(sqlite.database, text)));
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

function printTimes(times: ReadonlyMap<string, readonly Taken[]>): void {
  console.log('| way | queries | p50 ms | p95 ms | max ms | CPU p50 ms | CPU p95 ms |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [way, taken] of times) {
    const walls = taken.map(({ wall }) => wall).toSorted((a, b) => a - b);
    const cpus = taken.map(({ cpu }) => cpu).toSorted((a, b) => a - b);
    const cells = [0.5, 0.95, 1].map((share) => at(walls, share)).concat([0.5, 0.95].map((share) => at(cpus, share)));
    console.log(`| ${way} | ${taken.length} | ${cells.map((cell) => cell.toFixed(1)).join(' | ')} |`);
  }
}

/** Milliseconds; of PostgreSQL the CPU time of this process only. */
async function timed(work: () => Promise<unknown>): Promise<Taken> {
  const before = process.cpuUsage();
  const started = performance.now();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - started, cpu: (user + system) / 1000 };
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
