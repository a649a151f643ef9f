/** Collecting, sweeping, saving, watching and looking back, as people and cron use them. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import { modelsCommands, modelsRoutes } from '#models';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import type { ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
let folder: string;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 120 });
  folder = await mkdtemp(join(tmpdir(), 'kura-long-commands-'));
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function kura(bench: ModelBench, line: readonly string[], signal?: AbortSignal) {
  const handlers = modelsRoutes(bench.models, translators);
  const run = await runCommand(modelsCommands, ['models', ...line, '--json'], {
    open: async () => bench.models,
    handlers,
    ...(signal === undefined ? {} : { signal }),
  });
  return { code: run.code, answer: run.stdout === '' ? undefined : JSON.parse(run.stdout), stderr: run.stderr };
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('collects into a file that get reads, and takes the finished one again within --max-age', async () => {
    await using bench = await openOver(databases, simulator);
    const list = join(folder, `${databases.dialect}.csv`);
    const first = await kura(bench, ['collect', '--type', 'lora', '--output', list]);
    assert.equal(first.code, 0, first.stderr);
    assert.equal(first.answer.how, 'started');
    assert.equal(first.answer.collection.status, 'completed');
    assert.equal(first.answer.written.lines, first.answer.collection.versions);
    const plan = await runCommand(modelsCommands, ['models', 'get', '--from', list, '--dry-run', '--json'], {
      open: async () => bench.models,
    });
    assert.equal(plan.events.at(-1)?.['event'], 'done');
    simulator.clearRequests();
    const again = await kura(bench, ['collect', '--type', 'LORA', '--max-age', '24h']);
    assert.deepEqual([again.code, again.answer.how], [0, 'reused']);
    assert.equal(simulator.requests.length, 0);
    const listed = await kura(bench, ['collections', 'list']);
    assert.equal(listed.answer.items.length, 1);
  });

  it('keeps the checkpoint at Ctrl-C, exits 130, and the same command goes on', async () => {
    await using bench = await openOver(databases, simulator);
    const aborted = await kura(bench, ['collect', '--nsfw', 'all'], AbortSignal.abort());
    assert.deepEqual([aborted.code, aborted.answer.collection.status], [130, 'paused']);
    const whole = await kura(bench, ['collect', '--nsfw', 'all', '--resume']);
    assert.deepEqual([whole.code, whole.answer.how], [0, 'resumed']);
    assert.equal(whole.answer.collection.id, aborted.answer.collection.id);
  });

  it('exits 3 for a part, 1 for nothing, 2 for bad words', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'models', skip: 1, status: 404 });
    const part = await kura(bench, ['collect', '--nsfw', 'all']);
    assert.equal(part.code, 3);
    assert.match(part.answer.collection.reason.code, /^civitai\./);
    simulator.faults.clear();
    simulator.faults.set({ route: 'models', status: 404 });
    assert.equal((await kura(bench, ['collect', '--type', 'vae'])).code, 1);
    assert.equal((await kura(bench, ['collect', '--max-age', 'soon'])).code, 2);
    assert.equal((await kura(bench, ['collect', '--source', 'catalogue'])).code, 2);
  });

  it('takes a plan out, changes it, runs it, and reports in HTML that strangers cannot write into', async () => {
    await using bench = await openOver(databases, simulator);
    const planned = await kura(bench, ['sweep', 'plan', 'first', '--type', 'LORA', '--tag', 'style', '--tag', '<b>&"']);
    assert.deepEqual([planned.code, planned.answer.cells], [0, 2]);
    const file = join(folder, `${databases.dialect}-plan.json`);
    await kura(bench, ['sweep', 'export', 'first', '--output', file]);
    const second = await kura(bench, [
      'sweep',
      'plan',
      'second',
      '--from',
      file,
      '--type',
      'Checkpoint',
      '--type',
      'LORA',
    ]);
    assert.equal(second.answer.cells, 4);
    const ran = await kura(bench, ['sweep', 'run', 'first']);
    assert.deepEqual([ran.code, ran.answer.sweep.status, ran.answer.sweep.cellsDone], [0, 'completed', 2]);
    const page = join(folder, `${databases.dialect}.html`);
    assert.equal((await kura(bench, ['sweep', 'report', 'first', '--output', page])).answer.format, 'html');
    const html = await readFile(page, 'utf8');
    assert.ok(html.includes('<svg') && html.includes('&lt;b&gt;&amp;&quot;') && !html.includes('<b>'));
    assert.ok(!/<script|https?:\/\//.test(html));
    await writeFile(file, '{"name":"x","bases":7}');
    const bad = await kura(bench, ['sweep', 'plan', 'third', '--from', file]);
    assert.deepEqual([bad.code, bad.answer.error.code], [2, 'models.sweep-bad-plan']);
    assert.equal((await kura(bench, ['sweep', 'status'])).answer.items.length, 2);
  });

  it('saves a search, runs it as it stands, and watches it from cron', async () => {
    await using bench = await openOver(databases, simulator);
    await kura(bench, ['searches', 'save', 'loras', '--type', 'LORA', '--nsfw', 'all']);
    const direct = await kura(bench, ['search', '--type', 'LORA', '--nsfw', 'all', '--limit', '7']);
    const saved = await kura(bench, ['searches', 'run', 'loras', '--limit', '7']);
    assert.deepEqual(saved.answer.items, direct.answer.items);
    const neither = await kura(bench, ['watch', 'add', 'daily', '--search', 'loras']);
    assert.deepEqual([neither.code, neither.answer.error.code], [2, 'models.watch-timing']);
    const added = await kura(bench, ['watch', 'add', 'daily', '--search', 'loras', '--every', '6h']);
    assert.deepEqual(added.answer.timing, { kind: 'interval', everyMs: 21_600_000 });
    const first = await kura(bench, ['watch', 'run', 'daily']);
    assert.deepEqual([first.code, first.answer.outcome, first.answer.findings], [0, 'baseline', []]);
    const { items, unseen } = (await kura(bench, ['watch', 'list'])).answer;
    assert.deepEqual([items[0].lastOutcome, unseen], ['baseline', 0]);
    simulator.faults.set({ route: 'models', status: 404 });
    const failed = await kura(bench, ['watch', 'run', 'daily']);
    assert.deepEqual([failed.code, failed.answer.outcome], [1, 'failed']);
    assert.match(failed.answer.reason.message, /\w+ \w+/);
  });

  it('remembers each search and does it again by its id', async () => {
    await using bench = await openOver(databases, simulator);
    const first = await kura(bench, ['search', '--type', 'LORA', '--limit', '5']);
    await kura(bench, ['collect', '--type', 'VAE']);
    const { items } = (await kura(bench, ['history', '--kind', 'search'])).answer;
    assert.equal(items.length, 1);
    const again = await kura(bench, ['history', 'run', items[0].id]);
    assert.deepEqual(again.answer.items, first.answer.items);
    const lines = (await kura(bench, ['history'])).answer.items;
    assert.deepEqual(
      lines.map(({ kind }: { kind: string }) => kind),
      ['search', 'collect', 'search'],
    );
    assert.equal(lines[0].resultHash, lines[2].resultHash);
  });
});
