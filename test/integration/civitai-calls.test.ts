/** Calls through everything that stands between a use case and the site: pace, retries, breaker, stored answers, log. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';

import { createCivitaiSource, openCivitaiCalls } from '#adapters/civitai-source';
import { type ModelId, modelId, type SeenAnswer } from '#engines/civitai';
import { systemClock, systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import type { ModelSource } from '#models/ports';
import { createCircuitBreakers } from '#platform/breaker';
import { createMetrics, type Metrics } from '#platform/metrics';
import { createOutboundClient, openEgress } from '#platform/outbound';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';

const never = new AbortController().signal;
const noWait = { ...systemRandom, fraction: () => 0 };
const token = 'simulator-token';

describe('calls to the site', () => {
  let simulator: CivitaiSimulator;
  let folder: string;
  let lines: string[];
  let skippedMs: number;
  let models: readonly ModelId[];
  const clock = {
    now: () => systemClock.now() + skippedMs,
    monotonic: () => systemClock.monotonic() + skippedMs,
  };
  const logger = {
    debug: write,
    info: write,
    warn: write,
    error: write,
    with: () => logger,
    setLevel: () => undefined,
  };
  function write(...words: unknown[]): void {
    lines.push(JSON.stringify(words));
  }

  before(async () => {
    simulator = await startCivitaiSimulator({ extraModels: 20 });
    models = simulator.catalogue.models.map(({ id }) => modelId(id)).slice(-10);
  });
  after(() => simulator[Symbol.asyncDispose]());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-calls-'));
    lines = [];
    skippedMs = 0;
    simulator.faults.clear();
    simulator.clearRequests();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** As one process has it. */
  async function inProcess(use: (source: ModelSource, metrics: Metrics) => Promise<void>): Promise<void> {
    await using stack = new AsyncDisposableStack();
    const metrics = createMetrics();
    const calls = stack.use(
      await openCivitaiCalls({
        cacheFolder: folder,
        clock,
        logger,
        metrics,
        guard: createCircuitBreakers({ clock, logger, metrics }),
        paceMs: () => 0,
        freshMs: () => 900_000,
        patienceMs: 600_000,
      }),
    );
    const outbound = stack.use(createOutboundClient(openEgress));
    const deps = { clock, logger, random: noWait, outbound, paceMs: () => 0, calls };
    await use(createCivitaiSource({ ...deps, url: simulator.url, token }), metrics);
  }

  it('come through a storm of 429 after the quiet that was asked for, and send nothing during it', async () => {
    simulator.faults.add({ status: 429, retryAfter: 1, times: 6 });
    await inProcess(async (source) => {
      const begun = performance.now();
      const found = await Promise.all(models.slice(0, 8).map(async (id) => source.model(id, never)));
      assert.equal(found.length, 8);
      assert.ok(performance.now() - begun < 5000, 'one quiet for all, not one after the other');
    });
    const refused = simulator.requests.filter(({ status }) => status === 429);
    assert.equal(refused.length, 6);
    assert.equal(simulator.requests.length, 14, 'each that was refused is asked once more');
    const firstAt = Math.min(...refused.map(({ at }) => at));
    // The first eight were sent before anybody knew; how far apart they arrive is the machine's business.
    const tries = simulator.requests.map(({ at }) => at - firstAt).toSorted((a, b) => a - b);
    for (const sinceMs of tries.slice(8)) assert.ok(sinceMs >= 990, `sent ${sinceMs} ms after the first refusal`);
  });

  it('leave a site alone that does not work, and come back with probes', async () => {
    const fault = { status: 502 } as const;
    simulator.faults.add(fault);
    await inProcess(async (source, metrics) => {
      async function ask(index: number): Promise<void> {
        await source.model(models[index] ?? assert.fail(), never);
      }
      await assert.rejects(ask(0), { code: 'civitai.server-error' });
      await assert.rejects(ask(1), { code: 'civitai.server-error' });
      assert.equal(simulator.requests.length, 5, 'the fifth failure in a row opens the circuit');
      await assert.rejects(ask(2), (error) => isKuraError(error) && error.code === 'civitai.circuit-open');
      assert.equal(simulator.requests.length, 5);
      assert.match(await metrics.render(), /kura_circuit_breaker_state\{host="127[^"]*"\} 2/);

      skippedMs += 60_000;
      simulator.faults.clear();
      for (const index of [3, 4, 5]) await ask(index);
      assert.match(await metrics.render(), /kura_circuit_breaker_state\{host="127[^"]*"\} 0/);
      assert.match(await metrics.render(), /kura_civitai_requests_total\{host="127[^"]*",class="5xx"\} 5/);
    });
  });

  it('are answered without asking in the next process, and the person can see it and ask anyway', async () => {
    const [id = assert.fail()] = models;
    const seen: SeenAnswer[] = [];
    function onSeen(one: SeenAnswer): void {
      seen.push(one);
    }
    await inProcess(async (source) => void (await source.model(id, never, { onSeen })));
    await inProcess(async (source) => void (await source.model(id, never, { onSeen })));
    assert.equal(simulator.requests.length, 1);
    await inProcess(async (source) => void (await source.model(id, never, { refresh: true, onSeen })));
    assert.equal(simulator.requests.length, 2);
    assert.deepEqual(
      seen.map(({ stored }) => stored),
      [false, true, false],
    );
    assert.equal(seen[0]?.at, seen[1]?.at);
  });

  it('are not made by the next process either while the site wants quiet', async () => {
    const [id = assert.fail()] = models;
    simulator.faults.add({ status: 429, retryAfter: 3000, times: 1 });
    const refused = { kind: 'limit', code: 'civitai.rate-limited' };
    await inProcess(async (source) => assert.rejects(source.model(id, never), refused));
    await inProcess(async (source) => assert.rejects(source.model(id, never), refused));
    assert.equal(simulator.requests.length, 1);
    skippedMs += 3_000_000;
    await inProcess(async (source) => void (await source.model(id, never)));
  });

  it('leave no trace of the key in log, errors or stored answers', async () => {
    const [id = assert.fail(), other = assert.fail()] = models;
    const traces: string[] = [];
    await inProcess(async (source) => {
      await source.model(id, never);
      simulator.faults.add({ status: 403, html: true });
      await source.model(other, never).catch((error: unknown) => traces.push(String(error), JSON.stringify(error)));
    });
    assert.equal(simulator.requests[0]?.headers.authorization, `Bearer ${token}`);
    for (const name of await readdir(folder, { recursive: true })) {
      traces.push(name);
      if (name.endsWith('.zst')) traces.push(zstdDecompressSync(await readFile(join(folder, name))).toString());
    }
    assert.ok(traces.length >= 4 && lines.length >= 2, 'there is something to look at');
    assert.ok(![...traces, ...lines].some((trace) => trace.includes(token)));
  });
});
