/** Download jobs as people, scripts and the web use them: commands, exit codes, reports, routes and who may. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import { MIB } from '#kernel/units';
import { modelsCommands, modelsRoutes } from '#models';
import * as contract from '#models/contract';
import type { Caller } from '#platform/access';
import type { Permission } from '#platform/contract';
import { callInProcess, type RouteHandler } from '#platform/http';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import type { ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
let folder: string;
before(async () => {
  simulator = await startCivitaiSimulator();
  folder = await mkdtemp(join(tmpdir(), 'kura-batch-commands-'));
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

interface Options {
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string) => void;
  readonly json?: boolean;
}

async function kura(bench: ModelBench, line: readonly string[], { json = true, ...options }: Options = {}) {
  return runCommand(modelsCommands, ['models', 'batches', ...line, ...(json ? ['--json'] : [])], {
    open: async () => bench.models,
    handlers: modelsRoutes(bench.models, translators),
    ...options,
  });
}

async function answer(bench: ModelBench, line: readonly string[]) {
  const run = await kura(bench, line);
  assert.equal(run.code, 0, run.stderr);
  return JSON.parse(run.stdout);
}

async function get(bench: ModelBench, ...line: readonly string[]) {
  return runCommand(modelsCommands, ['models', 'get', ...line, '--json'], { open: async () => bench.models });
}

async function collected(bench: ModelBench, list: string) {
  const run = await runCommand(modelsCommands, ['models', 'collect', '--type', 'LORA', '--output', list, '--json'], {
    open: async () => bench.models,
    handlers: modelsRoutes(bench.models, translators),
  });
  return contract.startCollection.output.parse(JSON.parse(run.stdout));
}

/** References of small files that come clean. */
function small(): readonly string[] {
  const { lora, vae, embedding, japaneseLora } = simulator.catalogue.known;
  return [lora, vae, embedding, japaneseLora].map(({ versionId }) => `@${versionId}`);
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('plans a list with its bytes and its bad lines, and fetches nothing', async () => {
    await using bench = await openOver(databases, simulator);
    const { lora, vae } = simulator.catalogue.known;
    const list = join(folder, `${databases.dialect}-plan.txt`);
    await writeFile(
      list,
      `@${lora.versionId}\n# a note\nthis is no reference\n@${vae.versionId}\n@${lora.versionId}\n`,
    );
    const run = await kura(bench, ['start', '--from', list, '--dry-run']);
    assert.equal(run.code, 3, run.stderr);
    const [plan] = run.events;
    assert.equal(plan?.['event'], 'plan');
    assert.equal(plan['files'], 2, 'equal files count once');
    assert.equal(plan['totalBytes'], lora.sizeBytes + vae.sizeBytes);
    const lines = contract.batchPlanSchema.shape.badLines.parse(plan['badLines']);
    assert.deepEqual(
      lines.map(({ line }) => line),
      [3],
    );
    assert.deepEqual(await bench.libraryFiles(), []);
    const { items } = await answer(bench, ['list']);
    assert.deepEqual(items, []);
  });

  it('says of a folder that it is no list', async () => {
    await using bench = await openOver(databases, simulator);
    for (const run of [await get(bench, '--from', folder), await kura(bench, ['start', '--from', folder])]) {
      assert.equal(run.code, 2);
      assert.match(run.stderr, /models\.list-is-a-folder/);
    }
  });

  it('get --from tells the numbers of the lines it cannot read, and never calls a part the whole', async () => {
    await using bench = await openOver(databases, simulator);
    const { embedding } = simulator.catalogue.known;
    const list = join(folder, `${databases.dialect}-bad.jsonl`);
    await writeFile(list, `{"ref":"@${embedding.versionId}"}\n{"colour":"blue"}\n`);
    const run = await get(bench, '--from', list);
    assert.equal(run.code, 3, run.stderr);
    assert.match(run.stderr, /Line 2 was left out/);
    assert.deepEqual(
      run.events.filter(({ event }) => event === 'bad-line').map(({ line }) => line),
      [2],
    );
    assert.equal((await bench.libraryFiles()).filter((name) => name.endsWith(embedding.name)).length, 1);
    await writeFile(list, `@${embedding.versionId}\n\nnonsense\n`);
    const lines = await get(bench, '--from', list, '--dry-run');
    assert.deepEqual([lines.code, lines.events[0]?.['line']], [3, 3]);
  });

  it('takes what a search finds with its filters, and what a creator published', async () => {
    await using bench = await openOver(databases, simulator);
    const search = ['--search', '', '--type', 'VAE', '--max-size', '5MB', '--order', 'smallest-first'];
    const [plan] = (await kura(bench, ['start', ...search, '--top', '1', '--dry-run'])).events;
    const found = contract.batchPlanSchema.parse(plan);
    assert.deepEqual([found.files, found.items[0]?.type], [1, 'VAE']);
    const queued = await kura(bench, ['start', ...search, '--top', '1', '--background'], { json: false });
    assert.match(queued.stdout, /a search on the site \(type: VAE · maxSizeBytes: 5000000\): 1/);
    const [text] = (await kura(bench, ['start', '--creator', 'text_garden', '--dry-run'])).events;
    const { items } = contract.batchPlanSchema.parse(text);
    assert.ok(items.some(({ modelId }) => modelId === simulator.catalogue.known.gguf.modelId));
    const list = join(folder, `${databases.dialect}-collected.csv`);
    const { collection } = await collected(bench, list);
    const [whole] = (await kura(bench, ['start', '--collection', collection.id, '--dry-run'])).events;
    const [fromFile] = (await kura(bench, ['start', '--from', list, '--dry-run'])).events;
    const plans = [whole, fromFile].map((one) => contract.batchPlanSchema.parse(one));
    assert.ok(collection.versions > 1);
    assert.deepEqual(
      plans.map(({ files, totalBytes }) => [files, totalBytes]),
      plans.map(() => [plans[0]?.files, plans[0]?.totalBytes]),
    );
  });

  it('fetches a list, tells each file and the tally, and the same job again does nothing', async () => {
    await using bench = await openOver(databases, simulator);
    const run = await kura(bench, ['start', ...small(), '--name', 'four files', '--strategy', 'parallel']);
    assert.equal(run.code, 0, run.stderr);
    const kinds = run.events.map(({ event }) => event);
    assert.equal(kinds[0], 'started');
    assert.equal(kinds.filter((kind) => kind === 'item').length, 4);
    const batch = contract.batchSchema.parse(run.events.at(-1)?.['batch']);
    assert.deepEqual(
      [batch.name, batch.status, batch.tally.done, batch.tally.failed],
      ['four files', 'completed', 4, 0],
    );
    const again = await kura(bench, ['start', ...small()]);
    const second = contract.batchSchema.parse(again.events.at(-1)?.['batch']);
    assert.deepEqual([again.code, second.tally.skipped], [0, 4]);
    const shown = await kura(bench, ['show', batch.id.slice(0, 13), '--items'], { json: false });
    assert.equal(shown.stderr, '');
    assert.match(shown.stdout, /complete[^]*4 there[^]*lantern_festival/);
  });

  it('ends with 3 for a part with its reasons, with 4 for nothing but danger, with 1 for nothing', async () => {
    await using bench = await openOver(databases, simulator);
    const { lora, maliciousPickle } = simulator.catalogue.known;
    const part = await kura(bench, ['start', `@${lora.versionId}`, '@999999999']);
    assert.equal(part.code, 3);
    assert.match(part.stderr, /@999999999: .+\[civitai\.not-found\]/);
    const danger = await kura(bench, ['start', `@${lora.versionId}`, `@${maliciousPickle.versionId}`]);
    assert.equal(danger.code, 4);
    const { failed } = danger.events.at(-1) as { readonly failed: readonly contract.BatchItemView[] };
    assert.deepEqual(
      failed.map(({ status, verdict }) => [status, verdict]),
      [['quarantined', 'dangerous']],
    );
    assert.equal((await kura(bench, ['start', '@999999999'])).code, 1);
    assert.equal((await kura(bench, ['start'])).code, 2);
    const filters = await kura(bench, ['start', '--type', 'LORA']);
    assert.deepEqual([filters.code, filters.events.at(-1)?.['code']], [2, 'models.filters-without-search']);
  });

  it('keeps everything at Ctrl-C, says how to go on, and goes on', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ bytesPerSecond: MIB / 2 });
    const controller = new AbortController();
    const interrupted = await kura(bench, ['start', ...small(), '--strategy', 'sequential'], {
      signal: controller.signal,
      onOutput: (text) => {
        if (text.includes('"event":"item"')) controller.abort();
      },
    });
    assert.equal(interrupted.code, 130);
    const batch = contract.batchSchema.parse(interrupted.events.at(-1)?.['batch']);
    assert.equal(batch.status, 'paused');
    assert.equal(batch.reason?.code, 'models.batch-interrupted');
    assert.ok(batch.tally.done >= 1 && batch.tally.done < 4, String(batch.tally.done));
    assert.ok(interrupted.stderr.includes(`models batches run ${batch.id}`), interrupted.stderr);
    simulator.faults.clear();
    const finished = await kura(bench, ['run', batch.id.slice(0, 13)]);
    const end = contract.batchSchema.parse(finished.events.at(-1)?.['batch']);
    assert.deepEqual([finished.code, end.id, end.status, end.tally.done], [0, batch.id, 'completed', 4]);
  });

  it('pauses at a cap, is changed, cancelled, and tried again', async () => {
    await using bench = await openOver(databases, simulator);
    const capped = await kura(bench, ['start', ...small(), '--strategy', 'sequential', '--max-files', '1']);
    const { id, status, tally, reason } = contract.batchSchema.parse(capped.events.at(-1)?.['batch']);
    assert.deepEqual([capped.code, status, tally.done, reason?.code], [3, 'paused', 1, 'models.batch-cap-files']);
    const changed = await answer(bench, ['change', id, '--priority', 'urgent', '--window', 'mon-fri 22:00-07:00']);
    assert.deepEqual([changed.options.priority, changed.options.windows], ['urgent', ['mon-fri 22:00-07:00']]);
    assert.deepEqual((await answer(bench, ['change', id, '--any-time'])).options.windows, []);
    assert.equal((await answer(bench, ['cancel', id])).status, 'cancelled');
    const refused = await kura(bench, ['pause', id]);
    assert.equal(JSON.parse(refused.stdout).error.code, 'models.batch-ended');
    assert.equal((await answer(bench, ['retry', id])).status, 'pending');
    assert.equal((await kura(bench, ['run', id])).code, 3, 'the cap counts anew');
    assert.equal((await answer(bench, ['show', id])).tally.done, 2);
    await answer(bench, ['change', id, '--max-files', '10']);
    assert.equal((await kura(bench, ['run', id])).code, 0);
  });

  it('queues for the server, lists by state, and knows ids by their beginnings', async () => {
    await using bench = await openOver(databases, simulator);
    const queued = await kura(bench, ['start', ...small(), '--background', '--name', 'later']);
    const batch = contract.batchSchema.parse(queued.events.at(-1)?.['batch']);
    assert.deepEqual([queued.code, batch.status], [0, 'pending']);
    assert.equal((await answer(bench, ['list', '--status', 'pending,processing'])).items[0].name, 'later');
    assert.deepEqual((await answer(bench, ['list', '--status', 'failed'])).items, []);
    assert.equal((await answer(bench, ['pause', batch.id.slice(0, 13)])).status, 'paused');
    assert.equal((await answer(bench, ['resume', batch.id.slice(0, 13)])).status, 'pending');
    const list = join(folder, `${databases.dialect}-later.txt`);
    await writeFile(list, `${small().join('\n')}\nnonsense\n`);
    const part = await kura(bench, ['start', '--from', list, '--background']);
    assert.deepEqual([part.code, part.events[0]?.['line']], [3, 5]);
    const ambiguous = await kura(bench, ['show', batch.id.slice(0, 4)]);
    assert.equal(JSON.parse(ambiguous.stdout).error.code, 'models.batch-ambiguous');
    const missing = await kura(bench, ['show', '00000000']);
    assert.deepEqual([missing.code, JSON.parse(missing.stdout).error.code], [1, 'models.batch-not-found']);
    assert.equal((await kura(bench, ['show', 'not an id'])).code, 2);
  });

  it('reports as JSON, CSV and a page that strangers cannot write into', async () => {
    await using bench = await openOver(databases, simulator);
    const run = await kura(bench, ['start', ...small(), '@999999999', '--name', '<b>=1+1']);
    const { id } = contract.batchSchema.parse(run.events.at(-1)?.['batch']);
    for (const [name, format] of [
      ['report.html', 'html'],
      ['report.csv', 'csv'],
      ['report', 'json'],
    ] as const) {
      const file = join(folder, `${databases.dialect}-${name}`);
      assert.deepEqual(await answer(bench, ['report', id, '--out', file]), { path: file, format });
      const text = await readFile(file, 'utf8');
      assert.ok(text.includes('lantern_festival') && text.includes('@999999999'), name);
      if (format === 'html') assert.ok(!text.includes('<b>=') && !/<script|src="http/.test(text));
      if (format === 'json') assert.equal(JSON.parse(text).items.length, 5);
    }
  });

  it('lets readers look, and only those who may download start, change and stop', async () => {
    await using bench = await openOver(databases, simulator);
    const handlers = modelsRoutes(bench.models, translators);
    const body = contract.batchRequestSchema.parse({ source: { refs: [...small()] }, options: {} });
    const reader = as('models:read');
    const loader = as('models:read', 'models:download');
    await assert.rejects(call(handlers, contract.planBatch, { body }, reader), { kind: 'forbidden' });
    await assert.rejects(call(handlers, contract.startBatch, { body }, reader), { kind: 'forbidden' });
    const { id, createdBy, origin } = await call(handlers, contract.startBatch, { body }, loader);
    assert.deepEqual([createdBy, origin], ['somebody', '4 references']);
    const params = { id };
    for (const route of [contract.pauseBatch, contract.resumeBatch, contract.cancelBatch, contract.retryBatch]) {
      await assert.rejects(call(handlers, route, { params }, reader), { kind: 'forbidden' });
    }
    await assert.rejects(call(handlers, contract.changeBatch, { params, body: { priority: 'low' } }, reader), {
      kind: 'forbidden',
    });
    assert.equal((await call(handlers, contract.readBatch, { params }, reader)).status, 'pending');
    const items = await call(handlers, contract.listBatchItems, { params, query: { limit: 3 } }, reader);
    assert.deepEqual([items.items.length, items.nextCursor !== undefined], [3, true]);
    const rest = await call(
      handlers,
      contract.listBatchItems,
      { params, query: { limit: 3, cursor: items.nextCursor } },
      reader,
    );
    assert.deepEqual([rest.items.map(({ number }) => number), rest.nextCursor], [[4], undefined]);
    const changed = await call(handlers, contract.changeBatch, { params, body: { priority: 'high' } }, loader);
    assert.equal(changed.options.priority, 'high');
  });
});

function as(...permissions: readonly Permission[]): Caller {
  return { kind: 'user', id: 'somebody', name: 'somebody', permissions: new Set(permissions) };
}

function call<Route extends Parameters<typeof callInProcess>[1]>(
  handlers: readonly RouteHandler[],
  route: Route,
  input: Parameters<typeof callInProcess<Route>>[2],
  caller: Caller,
) {
  return callInProcess(handlers, route, input, {
    caller,
    session: undefined,
    language: 'en',
    requestId: 'test',
    nonce: '',
    signal: new AbortController().signal,
    reply: { header: () => undefined },
  });
}
