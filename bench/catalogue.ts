/**
 * Searches of a catalogue with 500,000 versions on SQLite and on PostgreSQL: a text and four filters, by downloads and
 * by relevance, some of them five pages deep. Every query runs once to warm up and once measured. A process of its own
 * fills the catalogue, so that the peak of memory is that of the searches. `KURA_BENCH_VERSIONS` makes it smaller.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';

import { instant } from '#kernel/brands';
import { nowInstant, systemClock, systemRandom } from '#kernel/clock';
import { MIB } from '#kernel/units';
import { modelsMigrations } from '#models';
import { type Database, openDatabase } from '#platform/db';
import { startPostgres } from '#stand-ins/postgres';
import { type CatalogueTables, searchCatalogue, upsertModels } from '../src/domains/models/testing/catalogue-parts.ts';
import { fillCatalogue } from './catalogue-data/fill-catalogue.ts';
import { generateModels } from './catalogue-data/generate-models.ts';
import { makeQueries } from './catalogue-data/make-queries.ts';
import { cpuTimes, describeMachine, peakBytes } from './harness/machine.ts';

const versions = Number(process.env['KURA_BENCH_VERSIONS'] ?? 500_000);
const queries = makeQueries(240);
const deps = { clock: systemClock, random: systemRandom };
/** Above this share of the CPU in other hands a time means nothing (bench/harness/summary.ts). */
const NOISE_LIMIT = 0.15;

const [task, seedUrl = ''] = process.argv.slice(2);
if (task === 'seed') await seed(seedUrl);
else await measureBoth();

async function measureBoth(): Promise<void> {
  const { cpu, cores, node } = describeMachine();
  console.log(`${versions} versions; ${cpu}, ${cores} cores, Node ${node}`);
  const folder = await mkdtemp(join(tmpdir(), 'kura-bench-catalogue-'));
  try {
    await measure(`sqlite:${join(folder, 'kura.sqlite')}`);
    await using server = await startPostgres();
    await measure(await server.createDatabase());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(url: string): Promise<void> {
  const started = performance.now();
  await fillCatalogue(url, versions);
  console.log(`\nfilled in ${Math.round((performance.now() - started) / 1000)} s`);
  await using database = await openDatabase({ url, ...deps });
  await runAll(database, () => undefined);
  const before = { cpu: cpuTimes(), at: performance.now() };
  const times: number[] = [];
  await runAll(database, (milliseconds) => times.push(milliseconds));
  print(database, times, othersShare(before));
}

/** One transaction per two hundred models, as a long collection writes them. */
async function seed(url: string): Promise<void> {
  await using database = await openDatabase({ url, ...deps });
  await database.migrate(modelsMigrations);
  const at = instant(new Date('2026-11-22T00:00:00Z'));
  for (const models of generateModels(versions, 200)) {
    await database.transaction(async (tx) => upsertModels(tx, models, at));
  }
  // What autovacuum does by itself within a minute.
  if (database.dialect === 'postgres') {
    await database.transaction(async (tx) => sql`analyze`.execute(tx.tables<CatalogueTables>()));
  }
}

async function runAll(database: Database, onTime: (milliseconds: number) => void): Promise<void> {
  const now = nowInstant(systemClock);
  for (const { where, order, pages } of queries) {
    let after: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const started = performance.now();
      const result = await searchCatalogue(database, { where, order, limit: 20, after, now });
      onTime(performance.now() - started);
      after = result.nextCursor;
      if (after === undefined) break;
    }
  }
}

/** Of all CPUs, while we measured; the database server of PostgreSQL counts as somebody else. */
function othersShare({ cpu, at }: { cpu: ReturnType<typeof cpuTimes>; at: number }): number | undefined {
  const now = cpuTimes();
  if (now.everybody === undefined || cpu.everybody === undefined) return undefined;
  const seconds = ((performance.now() - at) / 1000) * describeMachine().cores;
  return (now.everybody - cpu.everybody - (now.own - cpu.own)) / seconds;
}

function print(database: Database, times: readonly number[], others: number | undefined): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => at(sorted, share).toFixed(1));
  const mib = Math.round(peakBytes() / MIB);
  const noise = others === undefined ? 'unknown' : `${Math.round(others * 100)} %`;
  console.log('| database | searches | p50 ms | p95 ms | max ms | peak MiB | CPU taken by others |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  console.log(`| ${database.dialect} | ${times.length} | ${p50} | ${p95} | ${max} | ${mib} | ${noise} |`);
  const limit = database.dialect === 'postgres' ? 0.5 + NOISE_LIMIT : NOISE_LIMIT;
  if (others !== undefined && others > limit) console.log('noisy: others kept the machine busy meanwhile');
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
