/**
 * Counts of types, base models, tags, creators and ratings over a catalogue with 50,000 versions, on SQLite and on
 * PostgreSQL. `KURA_BENCH_VERSIONS` makes it another size.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { nowInstant, systemClock, systemRandom } from '#kernel/clock';
import { openDatabase } from '#platform/db';
import { startPostgres } from '#stand-ins/postgres';
import { countFacets, labelFacets, type QueryNode } from '../src/domains/models/testing/catalogue-parts.ts';
import { fillCatalogue } from './catalogue-data/fill-catalogue.ts';
import { describeMachine } from './harness/machine.ts';

const versions = Number(process.env['KURA_BENCH_VERSIONS'] ?? 50_000);
const ROUNDS = 15;
const safe: QueryNode = { kind: 'is', field: 'nsfw', values: ['safe'] };
const questions: readonly (readonly [string, QueryNode])[] = [
  ['everything', { kind: 'not', node: { kind: 'is', field: 'nsfw', values: ['excluded'] } }],
  ['for everybody (default)', safe],
  ['one type', { kind: 'all', nodes: [safe, { kind: 'is', field: 'type', values: ['LORA'] }] }],
  ['one base model', { kind: 'all', nodes: [safe, { kind: 'is', field: 'base', values: ['Pony'] }] }],
  ['one tag', { kind: 'all', nodes: [safe, { kind: 'is', field: 'tag', values: ['girl'] }] }],
];

const { cpu, cores, node } = describeMachine();
console.log(`${versions} versions; ${cpu}, ${cores} cores, Node ${node}`);
console.log('| database | filter | models | median ms | fastest ms |');
console.log('| --- | --- | ---: | ---: | ---: |');
const folder = await mkdtemp(join(tmpdir(), 'kura-bench-facets-'));
try {
  await measure(`sqlite:${join(folder, 'kura.sqlite')}`);
  await using server = await startPostgres();
  await measure(await server.createDatabase());
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(url: string): Promise<void> {
  await fillCatalogue(url, versions);
  await using database = await openDatabase({ url, clock: systemClock, random: systemRandom });
  for (const [name, where] of questions) {
    const times: number[] = [];
    let models = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const started = performance.now();
      const counted = await countFacets(database, { where, now: nowInstant(systemClock), most: 20 });
      await labelFacets(database, counted);
      times.push(performance.now() - started);
      models = counted.models;
    }
    times.sort((a, b) => a - b);
    const [fastest = 0, median = 0] = [times[0], times[Math.floor(ROUNDS / 2)]];
    console.log(`| ${database.dialect} | ${name} | ${models} | ${median.toFixed(0)} | ${fastest.toFixed(0)} |`);
  }
}
