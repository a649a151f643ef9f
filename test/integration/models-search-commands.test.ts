/** `kura models search` as people and other programs use it: lists of any length, in files, stopped and gone on with. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import { instant } from '#kernel/brands';
import { modelsCommands, modelsRoutes } from '#models';
import { searchAnswerSchema, searchQuerySchema } from '#models/contract';
import type { ModelSource } from '#models/ports';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import type { ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
let folder: string;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 1000 });
  folder = await mkdtemp(join(tmpdir(), 'kura-lists-'));
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function search(bench: ModelBench, ...words: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, ['models', 'search', ...words], { open: async () => bench.models, handlers });
}

async function itemsOf(bench: ModelBench, ...words: readonly string[]) {
  const { stdout } = await search(bench, ...words, '--json');
  return searchAnswerSchema.parse(JSON.parse(stdout)).items;
}

forEachDatabase((databases) => {
  beforeEach(() => simulator.faults.clear());

  it('gives as many as there are, beyond what one call answers, each once', async () => {
    await using bench = await openOver(databases, simulator);
    const path = join(folder, 'all.ids');
    const { code } = await search(bench, '--nsfw', 'all', '--limit', 'all', '--output', path);
    const ids = (await readFile(path, 'utf8')).trim().split('\n');
    assert.deepEqual([code, new Set(ids).size], [0, ids.length]);
    assert.ok(ids.length > 1000, String(ids.length));
    const items = await itemsOf(bench, '--nsfw', 'all', '--limit', '1100');
    assert.deepEqual(
      items.map(({ modelId, versionId }) => `${modelId}@${versionId}`),
      ids.slice(0, 1100),
    );
  });

  it('writes lists that get takes again, whatever their format', async () => {
    await using bench = await openOver(databases, simulator);
    const words = ['lantern', '--type', 'lora', '--nsfw', 'all', '--limit', '3'];
    const items = await itemsOf(bench, ...words);
    assert.ok(items.length > 0);
    for (const name of ['a.json', 'a.jsonl', 'a.csv', 'a.ids', 'a.aria2']) {
      const path = join(folder, name);
      assert.equal((await search(bench, ...words, '--output', path)).code, 0);
      const got = await runCommand(modelsCommands, ['models', 'get', '--from', path, '--dry-run', '--json'], {
        open: async () => bench.models,
      });
      const planned = got.events.filter(({ event }) => event === 'planned');
      assert.equal(planned.length, items.length, `${name}: ${got.stderr}`);
      assert.ok(
        planned.every(({ reason }) => reason === undefined),
        name,
      );
    }
  });

  it('keeps what it has in a whole file when a later page fails, and says where to go on', async () => {
    await using bench = await openOver(databases, simulator);
    const path = join(folder, 'cut.csv');
    const asked = ['--nsfw', 'all', '--category', 'style', '--category', 'tool', '--limit', 'all'];
    const words = [...asked, '--columns', 'ID'];
    const whole = await itemsOf(bench, ...asked);
    simulator.faults.set({ route: 'models', status: 404, skip: 2, times: 1 });
    const cut = await search(bench, ...words, '--output', path);
    assert.equal(cut.code, 3);
    const cursor = /--cursor (\S+)/.exec(cut.stderr)?.[1];
    assert.ok(cursor !== undefined, cut.stderr);
    const first = (await readFile(path, 'utf8')).trim().split('\r\n').slice(1);
    const rest = await search(bench, ...words, '--cursor', cursor, '--output', path);
    assert.equal(rest.code, 0);
    const second = (await readFile(path, 'utf8')).trim().split('\r\n').slice(1);
    assert.deepEqual(
      [...first, ...second].map(Number),
      whole.map(({ modelId }) => modelId),
    );
    assert.ok(first.length > 0 && second.length > 0);
  });

  it('leaves a whole file behind Ctrl-C', async () => {
    await using bench = await openOver(databases, simulator);
    const path = join(folder, 'stopped.jsonl');
    const controller = new AbortController();
    const handlers = modelsRoutes(
      {
        ...bench.models,
        search: async (query) => {
          const outcome = await bench.models.search(query, new AbortController().signal);
          if (query.cursor !== undefined) controller.abort(new Error('Ctrl-C'));
          controller.signal.throwIfAborted();
          return outcome;
        },
      },
      translators,
    );
    const { code, stderr } = await runCommand(
      modelsCommands,
      ['models', 'search', '--nsfw', 'all', '--limit', 'all', '--output', path],
      { open: async () => bench.models, handlers, signal: controller.signal },
    );
    assert.equal(code, 130);
    assert.match(stderr, /--cursor \S+/);
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    assert.equal(lines.length, 1000);
    for (const line of lines) JSON.parse(line);
    assert.ok((await readdir(folder)).every((name) => !name.endsWith('.tmp')));
  });

  it('tells people how the filters narrowed, and why there is nothing', async () => {
    await using bench = await openOver(databases, simulator);
    const { stdout } = await search(bench, '--type', 'lora', '--license', 'sell', '--nsfw', 'all');
    assert.match(stdout, /[\d,]+ fetched → .*[\d,]+ type → [\d,]+ licence/);
    const nothing = await search(bench, '--type', 'lora', '--min-likes', '99999999', '--nsfw', 'all');
    assert.match(nothing.stdout, /Without the filter “likes” there would be [\d,]+/);
    const typo = await search(bench, '--base', 'Ilustrious');
    assert.match(typo.stderr, /Illustrious/);
  });

  it('shows the best by quality with reasons', async () => {
    await using bench = await openOver(databases, simulator);
    const items = await itemsOf(bench, '--tag', 'style', '--top', '5', '--nsfw', 'all');
    const all = await itemsOf(bench, '--tag', 'style', '--nsfw', 'all', '--limit', 'all');
    const scores = all.map(({ quality }) => quality.score).toSorted((a, b) => b - a);
    assert.deepEqual(
      items.map(({ quality }) => quality.score),
      scores.slice(0, 5),
    );
    const { stdout } = await search(bench, '--tag', 'style', '--top', '1', '--explain');
    assert.match(stdout, /quality [\d.]+ = likes [\d.]+\/40, downloads/);
  });

  it('takes commas for repeated options, and an empty list for a mistake', async () => {
    await using bench = await openOver(databases, simulator);
    const limit = ['--nsfw', 'all', '--limit', '20'];
    const repeated = await itemsOf(bench, '--type', 'LORA', '--type', 'VAE', '--tag', 'style', ...limit);
    assert.deepEqual(await itemsOf(bench, '--type', 'lora, vae', '--tag', 'style', ...limit), repeated);
    assert.ok(new Set(repeated.map(({ type }) => type)).size > 0 && repeated.length > 0);
    const [both, one] = [
      await itemsOf(bench, '--tag', 'style,night', ...limit),
      await itemsOf(bench, '--tag', 'style', ...limit),
    ];
    assert.ok(both.every(({ tags }) => tags.includes('style') && tags.includes('night')));
    assert.ok(one.some(({ tags }) => !tags.includes('night')));
    for (const empty of [',', '']) assert.equal((await search(bench, '--type', empty)).code, 2, `--type '${empty}'`);
  });

  it('tells in both languages which word was meant, and what is wrong with the others', async () => {
    for (const [language, words] of [
      ['en', [/did you mean sell/, /must be a size/, /must be a day/, /10 seconds/, /expected number/]],
      ['ja', [/もしかして sell/, /サイズを指定/, /日付か/, /10 秒以上/, /小さすぎる/]],
    ] as const) {
      const asked = ['search --license sel', 'search --max-size big', 'search --since never'];
      const others = ['watch add w --search w --every 5s', 'search --limit 0'];
      for (const [index, line] of [...asked, ...others].entries()) {
        const { code, stderr } = await runCommand(modelsCommands, ['models', ...line.split(' ')], { language });
        assert.equal(code, 2);
        assert.match(stderr, words[index] ?? /^$/, line);
      }
    }
  });

  it('refuses what cannot be filtered by instead of leaving it out', async () => {
    await using bench = await openOver(databases, simulator);
    for (const [words, code] of [
      [['--min-rating', '4'], 'models.rating-not-kept'],
      [['--verified'], 'models.verified-not-told'],
      [['--featured'], 'models.featured-not-told'],
      [['--scrape'], 'models.no-scraping'],
      [['--favorites', '--hidden'], 'models.one-of-mine'],
      [['--format', 'csv', '--columns', 'Nonsense'], 'models.unknown-column'],
      [['--max-size', 'huge'], 'cli.input-invalid'],
    ] as const) {
      const { code: exit, stderr } = await search(bench, ...words);
      assert.equal(exit, 2, words.join(' '));
      assert.match(stderr, new RegExp(code));
    }
  });

  it('says why, over the API as well, what sounds like a filter is none', () => {
    for (const name of ['verified', 'featured', 'minRating']) {
      const { error } = searchQuerySchema.safeParse({ [name]: '1' });
      assert.match(error?.issues[0]?.message ?? '', new RegExp(`^${name} is not offered: the site`));
    }
    assert.match(searchQuerySchema.safeParse({ nonsense: 1 }).error?.issues[0]?.message ?? '', /nonsense/);
  });

  it('advises to collect before a long list is read in an order that Kura makes', async () => {
    await using bench = await openOver(databases, simulator);
    const advice = /Kura makes this order itself/;
    const long = ['lantern', '--type', 'lora', '--limit', 'all'];
    assert.match((await search(bench, ...long, '--sort', 'Newest')).stderr, advice);
    assert.doesNotMatch((await search(bench, ...long)).stderr, advice);
    assert.doesNotMatch((await search(bench, 'lantern', '--sort', 'Newest')).stderr, advice);
    assert.doesNotMatch((await search(bench, ...long, '--sort', 'Newest', '--source', 'catalogue')).stderr, advice);
  });

  it('gets adult models of the catalogue only when told to', async () => {
    await using bench = await openOver(databases, simulator);
    const all = new Set((await itemsOf(bench, '--nsfw', 'all', '--limit', '100')).map(({ modelId }) => modelId));
    const safe = new Set((await itemsOf(bench, '--source', 'catalogue', '--limit', '1000')).map((one) => one.modelId));
    const adult = [...all].find((id) => !safe.has(id));
    assert.ok(adult !== undefined);
    async function plan(...words: readonly string[]) {
      const argv = ['models', 'get', '--where', `model:${adult}`, '--dry-run', '--json', ...words];
      const handlers = modelsRoutes(bench.models, translators);
      return runCommand(modelsCommands, argv, { open: async () => bench.models, handlers });
    }
    assert.match((await plan()).stderr, /models\.where-finds-nothing/);
    const { events } = await plan('--nsfw', 'all');
    assert.equal(events.filter(({ event }) => event === 'planned').length, 1);
  });

  it('tells how old an answer is that was stored or remembered', async () => {
    const moments = ['2026-03-02T00:00:00Z', '2026-01-02T03:04:05Z'].map((text) => instant(new Date(text)));
    function keeping(source: ModelSource): ModelSource {
      return {
        ...source,
        modelPages: (query, signal, options) => {
          if (options?.refresh !== true) for (const at of moments) options?.onSeen?.({ at, stored: true });
          return source.modelPages(query, signal, { refresh: true });
        },
      };
    }
    await using bench = await openOver(databases, simulator, { altered: keeping });
    const started = new Date().toISOString();
    async function ageOf(...words: readonly string[]) {
      const { stdout } = await search(bench, 'lantern', ...words, '--json');
      return searchAnswerSchema.parse(JSON.parse(stdout)).asOf;
    }
    assert.equal(await ageOf(), moments[1]);
    assert.equal(await ageOf('--refresh'), null);
    assert.ok(((await ageOf('--source', 'catalogue')) ?? '') >= started);
    assert.match((await search(bench, 'lantern')).stdout, /stored.*2026/);
    assert.doesNotMatch((await search(bench, 'lantern', '--refresh')).stdout, /stored/);
  });
});
