/** The watch on the site's answers (P-091) with its tables, routes and commands. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';

import { modelsCommands, modelsRoutes } from '#models';
import { testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import type { ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
let folder: string;
before(async () => {
  simulator = await startCivitaiSimulator();
  folder = await mkdtemp(join(tmpdir(), 'kura-answers-'));
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function kura(bench: ModelBench, ...argv: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, argv, { open: async () => bench.models, handlers });
}

interface Page {
  readonly items: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

async function pageOf(query: string): Promise<Page> {
  const answer = await fetch(`${simulator.url}/api/v1/models?${query}`, {
    headers: { authorization: 'Bearer simulator-token' },
  });
  return (await answer.json()) as Page;
}

function answer(body: unknown, status = 200) {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { endpoint: '/models', status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

async function teach(bench: ModelBench): Promise<Page> {
  const page = await pageOf('limit=100&nsfw=true');
  for (let time = 0; time < 5; time += 1) bench.models.apiWatch.observe(answer(page));
  await bench.models.apiWatch.flush();
  return page;
}

async function eventsNamed(bench: ModelBench, name: string): Promise<number> {
  const rows = await bench.database
    .tables<{ kura_events: { name: string } }>()
    .selectFrom('kura_events')
    .select('name')
    .where('name', '=', name)
    .execute();
  return rows.length;
}

function withoutIds({ items, metadata }: Page): Page {
  return { items: items.map(({ id, ...rest }) => ({ ident: id, ...rest })), metadata };
}

forEachDatabase((databases) => {
  it('learns from live answers and finds nothing new in the same ones', async () => {
    await using bench = await openOver(databases, simulator);
    await teach(bench);
    const { endpoints, open } = await bench.models.apiWatch.status();
    assert.deepEqual(
      endpoints.map(({ endpoint, shape }) => [endpoint, shape.answers, shape.statuses['200']]),
      [['/models', 5, 5]],
    );
    assert.deepEqual(open, { low: 0, medium: 0, high: 0, critical: 0 });
    assert.deepEqual(await bench.models.apiWatch.changes({}), []);
  });

  it('keeps a grave change open, tells of it once, and learns such answers only when it was accepted', async () => {
    await using bench = await openOver(databases, simulator);
    const { apiWatch } = bench.models;
    const page = await teach(bench);
    for (let time = 0; time < 2; time += 1) apiWatch.observe(answer(withoutIds(page)));
    const [change, ...others] = await apiWatch.changes({});
    assert.deepEqual(others, []);
    assert.deepEqual(
      [change?.kind, change?.path, change?.impact, change?.state, change?.sightings],
      ['field-renamed', '$.items[].id', 'critical', 'open', 2],
    );
    assert.equal(await eventsNamed(bench, 'models.api-changed'), 1);
    assert.equal((await apiWatch.status()).endpoints[0]?.shape.answers, 5, 'nothing learned from them');
    assert.ok(change);

    const accepted = await apiWatch.accept(change.id, testActor);
    assert.deepEqual([accepted.state, accepted.acceptedBy], ['accepted', testActor.name]);
    apiWatch.observe(answer(withoutIds(page)));
    const { endpoints, open } = await apiWatch.status();
    assert.deepEqual([endpoints[0]?.shape.answers, open.critical], [6, 0]);
    await assert.rejects(apiWatch.accept('nobody', testActor), { code: 'models.api-change-not-found' });
  });

  it('accepts by itself what is only more than before', async () => {
    await using bench = await openOver(databases, simulator);
    const page = await teach(bench);
    const more = page.items.map((item) => ({ ...item, carbonFootprint: 1.5 }));
    for (let time = 0; time < 2; time += 1) {
      bench.models.apiWatch.observe(answer({ items: more, metadata: page.metadata }));
      await bench.models.apiWatch.flush();
    }
    const changes = await bench.models.apiWatch.changes({});
    assert.deepEqual(
      changes.map(({ kind, path, state, acceptedBy }) => [kind, path, state, acceptedBy]),
      [['field-added', '$.items[].carbonFootprint', 'accepted', null]],
    );
    assert.equal(await eventsNamed(bench, 'models.api-changed'), 0);
  });

  it('looks at no more than a few answers of an endpoint in an hour', async () => {
    await using bench = await openOver(databases, simulator);
    const { apiWatch } = bench.models;
    const { items } = await pageOf('limit=20&nsfw=true');
    for (const item of items) apiWatch.observe({ ...answer(item), endpoint: '/models/:id' });
    apiWatch.observe({ ...answer('<html></html>'), endpoint: '/models/:id' });
    const { endpoints, open } = await apiWatch.status();
    assert.equal(endpoints[0]?.shape.answers, 12);
    assert.equal(open.critical, 1, 'what is no data at all is looked at all the same');
  });

  it('notices in several answers what single ones do not prove', async () => {
    await using bench = await openOver(databases, simulator);
    const { apiWatch } = bench.models;
    const { items } = await pageOf('limit=30&nsfw=true');
    const files = items.map((_, index) => join(folder, `model-${index}.json`));
    for (const [index, file] of files.entries()) await writeFile(file, JSON.stringify(items[index]));
    await apiWatch.learn(files, { signal: AbortSignal.timeout(10_000) });
    async function seen() {
      return (await apiWatch.changes({})).map(({ kind, path, impact }) => [kind, path, impact]);
    }
    const [{ stats, ...without } = {}] = items;
    assert.ok(stats);
    apiWatch.observe({ ...answer(without), endpoint: '/models/:id' });
    assert.deepEqual(await seen(), []);
    await using other = await openOver(databases, simulator);
    await other.models.apiWatch.learn(files, { signal: AbortSignal.timeout(10_000) });
    for (let time = 0; time < 5; time += 1) {
      other.models.apiWatch.observe({ ...answer(without), endpoint: '/models/:id' });
    }
    const [change] = await other.models.apiWatch.changes({});
    assert.deepEqual(
      [change?.kind, change?.path, change?.impact, change?.state],
      ['field-missing', '$.stats', 'medium', 'open'],
    );
  });

  it('closes trouble that passed when good answers come, and opens it when it is back', async () => {
    await using bench = await openOver(databases, simulator);
    const { apiWatch } = bench.models;
    const page = await teach(bench);
    const states: string[] = [];
    for (const body of ['<html></html>', page, '<html></html>']) {
      apiWatch.observe(answer(body));
      const [change, ...others] = await apiWatch.changes({});
      assert.deepEqual(others, []);
      states.push(`${change?.kind} ${change?.state} ${change?.sightings}`);
    }
    assert.deepEqual(states, ['body-html open 1', 'body-html accepted 1', 'body-html open 2']);
  });

  it('keeps the last hundred changes, open ones longest', async () => {
    await using bench = await openOver(databases, simulator);
    const { apiWatch } = bench.models;
    const page = await teach(bench);
    apiWatch.observe(answer(withoutIds(page)));
    await apiWatch.flush();
    const fields = Array.from({ length: 130 }, (_, index) => [`field${index}`, index]);
    const more = page.items.map((item) => ({ ...item, ...Object.fromEntries(fields) }));
    apiWatch.observe(answer({ items: more, metadata: page.metadata }));
    const changes = await apiWatch.changes({});
    assert.deepEqual([changes.length, changes[0]?.kind, changes[0]?.state], [100, 'field-renamed', 'open']);
  });

  it('learns and judges recorded answers by command, with an exit code for grave changes', async () => {
    await using bench = await openOver(databases, simulator);
    const page = await pageOf('limit=20&nsfw=true');
    const [good, bad, cut] = ['good.json', 'bad.json', 'cut.json'].map((name) => join(folder, name));
    assert.ok(good !== undefined && bad !== undefined && cut !== undefined);
    await writeFile(good, JSON.stringify(page));
    const url = 'https://civitai.com/api/v1/models?limit=20';
    const exchange = { url, status: 200, headers: { 'Content-Type': 'application/json' }, body: withoutIds(page) };
    await writeFile(bad, JSON.stringify(exchange));
    await writeFile(cut, JSON.stringify(page).slice(0, -5));

    const learned = await kura(bench, 'models', 'api-watch', 'learn', good, '--json');
    assert.deepEqual(
      [learned.code, JSON.parse(learned.stdout)],
      [0, { endpoints: [{ endpoint: '/models', answers: 1 }], skipped: [] }],
    );
    const calm = await kura(bench, 'models', 'api-watch', 'replay', good, '--json');
    assert.deepEqual([calm.code, JSON.parse(calm.stdout).changes], [0, []]);
    const grave = await kura(bench, 'models', 'api-watch', 'replay', bad, '--json');
    const { worst, changes } = JSON.parse(grave.stdout);
    assert.deepEqual([grave.code, worst, changes[0].kind, changes[0].files], [5, 'critical', 'field-renamed', [bad]]);
    const unknown = await kura(bench, 'models', 'api-watch', 'replay', cut, '--json');
    assert.deepEqual([unknown.code, JSON.parse(unknown.stdout).skipped[0].file], [1, cut]);
    const named = await kura(bench, 'models', 'api-watch', 'replay', cut, '--endpoint', '/models', '--lang', 'ja');
    assert.equal(named.code, 5);
    assert.match(named.stdout, /重大.*JSON が途中で切れています/);
    assert.deepEqual(await bench.models.apiWatch.changes({}), [], 'a replay stores nothing');
  });

  it('shows what was seen and takes the acceptance by command', async () => {
    await using bench = await openOver(databases, simulator);
    const page = await teach(bench);
    bench.models.apiWatch.observe(answer(withoutIds(page)));
    const shown = await kura(bench, 'models', 'api-watch', 'changes', '--state', 'open', '--json');
    const [item] = JSON.parse(shown.stdout).items;
    assert.deepEqual(
      [item.impact, item.title.includes('$.items[].ident'), item.advice !== ''],
      ['critical', true, true],
    );
    assert.equal((await kura(bench, 'models', 'api-watch', 'accept', item.id)).code, 0);
    const status = await kura(bench, 'models', 'api-watch', 'status', '--json');
    assert.deepEqual(JSON.parse(status.stdout).open, { low: 0, medium: 0, high: 0, critical: 0 });
  });
});
