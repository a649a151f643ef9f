/** How searches behave towards the site, the machine and the key, however many there are. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { createCivitaiSource } from '#adapters/civitai-source';
import { systemClock, systemRandom } from '#kernel/clock';
import { MIB } from '#kernel/units';
import { searchQuerySchema } from '#models/contract';
import { openLogger, silentLogger } from '#platform/log';
import { createOutboundClient, type OutboundClient, openEgress } from '#platform/outbound';
import { startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';
import { never, openBench } from '../../src/domains/models/testing/model-bench.ts';
import { searchPages } from '../../src/domains/models/testing/search-walk.ts';

const immediately = { bytes: (count: number) => systemRandom.bytes(count), fraction: () => 0 };
const deps = { clock: systemClock, random: immediately, logger: silentLogger };
const searching = { clock: systemClock, remember: async () => undefined };

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const rows = 30_000;
const pageSize = 100;

/** A site of so many models that makes each page when it is asked for it. */
function endlessSite(): OutboundClient {
  return {
    async send({ url }) {
      const start = Number(new URL(url).searchParams.get('cursor') ?? '0');
      const items = Array.from({ length: pageSize }, (_, index) => modelOf(start + index + 1));
      const next = start + pageSize;
      const metadata = next < rows ? { nextCursor: String(next) } : {};
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ items, metadata }),
      };
    },
    sendForBytes: () => Promise.reject(new Error('the site is asked for documents only')),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function modelOf(id: number) {
  const files = [
    { id, sizeKB: 1, name: 'x.safetensors', type: 'Model', metadata: { format: 'SafeTensor' }, hashes: {} },
  ];
  const version = { id, name: 'v1', baseModel: 'SDXL 1.0', nsfwLevel: 1, files, description: 'x'.repeat(2000) };
  return {
    id,
    name: `Lantern ${id}`,
    type: 'LORA',
    nsfw: false,
    nsfwLevel: 1,
    tags: ['style'],
    modelVersions: [version],
  };
}

forEachDatabase((databases) => {
  if (databases.dialect !== 'sqlite') return;

  it('need no more memory for the ten-thousandth row than for the first', async () => {
    await using database = await databases.open();
    const source = createCivitaiSource({
      ...deps,
      url: 'http://127.0.0.1:1',
      token: undefined,
      paceMs: () => 0,
      outbound: endlessSite(),
    });
    const used: number[] = [];
    let found = 0;
    const query = searchQuerySchema.parse({ nsfw: 'all', tag: ['style'] });
    for await (const step of searchPages({ ...searching, database, source }, query, never)) {
      if (step.kind !== 'page') continue;
      found += step.found.length;
      if (found % 5000 !== 0) continue;
      collectGarbage();
      used.push(process.memoryUsage().heapUsed);
    }
    assert.equal(found, rows);
    const [first = 0] = used;
    const growth = (used.at(-1) ?? 0) - first;
    // Ids seen and given cost some bytes a row; a kept model would cost kilobytes.
    assert.ok(growth < (rows - 5000) * 400, `${Math.round(growth / MIB)} MiB more after ${rows} rows`);
  });

  it('share one pace, eight at a time', async () => {
    await using simulator = await startCivitaiSimulator({ extraModels: 100 });
    await using database = await databases.open();
    await using outbound = createOutboundClient(openEgress);
    const intervalMs = 40;
    const source = createCivitaiSource({
      ...deps,
      url: simulator.url,
      token: undefined,
      paceMs: () => intervalMs,
      outbound,
    });
    async function search(type: string): Promise<void> {
      const query = searchQuerySchema.parse({ nsfw: 'all', type: [type], limit: 50 });
      for await (const step of searchPages({ ...searching, database, source }, query, never)) assert.ok(step.kind);
    }
    await Promise.all(['lora', 'locon', 'dora', 'vae', 'ti', 'checkpoint', 'upscaler', 'other'].map(search));
    const starts = simulator.requests.map(({ at }) => at).sort((a, b) => a - b);
    assert.ok(starts.length >= 8, `${starts.length} requests`);
    const span = (starts.at(-1) ?? 0) - (starts[0] ?? 0);
    // Requests take a moment to arrive, some more than others.
    assert.ok(span >= (starts.length - 1) * intervalMs - intervalMs, `${starts.length} requests within ${span} ms`);
  });

  it('never show the key, in a log or an error, whatever goes wrong', async () => {
    const token = 'kura-secret-key-0123456789';
    const folder = await mkdtemp(join(tmpdir(), 'kura-key-'));
    try {
      const errors: string[] = [];
      {
        await using simulator = await startCivitaiSimulator({ accounts: [{ token, id: 1, username: 'reader' }] });
        await using outbound = createOutboundClient(openEgress);
        await using logger = await openLogger({ level: 'debug', folder, terminal: 'none' });
        for (const fault of [
          { status: 401 },
          { status: 429 },
          { status: 500 },
          { html: true },
          { truncateJson: true },
          { cutAfterBytes: 10 },
          { redirectTo: `${simulator.url}/login?token=${token}` },
        ]) {
          const source = createCivitaiSource({ ...deps, logger, url: simulator.url, token, paceMs: () => 0, outbound });
          await using bench = await openBench({
            source,
            databaseUrl: await databases.freshUrl(),
            overrides: { logger },
          });
          simulator.faults.set({ route: 'models', ...fault });
          await assert.rejects(
            bench.models.search(searchQuerySchema.parse({ query: 'lantern' }), never),
            (error: Error) => {
              errors.push(JSON.stringify(error), error.message, String(error.stack), JSON.stringify(error.cause));
              return true;
            },
          );
          simulator.faults.clear();
        }
        assert.ok(simulator.requests.some(({ headers }) => headers.authorization === `Bearer ${token}`));
      }
      const logs = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
      const written = [...logs, ...errors].join('\n');
      assert.ok(logs.join('').split('\n').length > 7, 'the requests are in the log');
      assert.ok(
        !written.includes(token),
        written.split('\n').find((line) => line.includes(token)),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
