/**
 * What ADR 0025 decides by: which way of cutting stores how much of a living file's next state, at what price. Three files
 * of 100 MiB (`KURA_BENCH_MIB`) in two states: a database after a day, its text dump with rows inserted, and weights.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MIB } from '#kernel/units';
import { chunkSchemes, measureScheme } from '../src/engines/vault/testing/chunk-schemes.ts';
import { LivingDatabase } from './vault/living-database.ts';
import { Prose, seeded } from './vault/prose.ts';
import { writeWeights } from './vault/weights.ts';
import { hashRates } from './vault-chunks/hash-rates.ts';

const mebibytes = Number(process.env['KURA_BENCH_MIB'] ?? 100);
const folder = await mkdtemp(join(tmpdir(), 'kura-bench-chunks-'));
try {
  console.log('| Content | Cut | Chunks | Stored MB | CPU s/GB | New in the next state MB |');
  console.log('| --- | --- | ---: | ---: | ---: | ---: |');
  for (const [name, states] of await contents()) {
    for (const scheme of chunkSchemes) {
      const { chunks, storedBytes, newBytes, cpuSecondsPerGb } = measureScheme(scheme, states);
      const cells = [
        name,
        scheme.name,
        chunks,
        megabytes(storedBytes),
        cpuSecondsPerGb.toFixed(2),
        megabytes(newBytes),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
  console.log('\n| Identity | CPU s/GB |\n| --- | ---: |');
  for (const [name, secondsPerGb] of hashRates()) console.log(`| ${name} | ${secondsPerGb.toFixed(2)} |`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function contents(): Promise<readonly (readonly [string, readonly [Buffer, Buffer]])[]> {
  const file = join(folder, 'living.sqlite');
  const database = new LivingDatabase(file);
  database.fill(mebibytes * MIB);
  const before = await readFile(file);
  database.liveOneDay();
  const weights = join(folder, 'weights');
  await writeWeights(weights, mebibytes * MIB);
  const model = await readFile(weights);
  return [
    ['SQLite, one day later', [before, await readFile(file)]],
    ['text dump, 50 rows inserted', dumps()],
    ['weights, unchanged', [model, model]],
  ];
}

function dumps(): readonly [Buffer, Buffer] {
  const prose = new Prose();
  const rows = Array.from(
    { length: mebibytes * 1200 },
    (_, id) => `INSERT INTO entry VALUES (${id}, '${prose.text(800)}');\n`,
  );
  const before = Buffer.from(rows.join(''));
  const random = seeded(11);
  for (let count = 0; count < 50; count += 1) {
    rows.splice(Math.floor(random() * rows.length), 0, `INSERT INTO entry VALUES (-${count}, '${prose.text(800)}');\n`);
  }
  return [before, Buffer.from(rows.join(''))];
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2);
}
