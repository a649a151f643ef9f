/** The words of a search: known ones, learned ones, and what happens to those nobody knows. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import { errorFromAnswer } from '#engines/civitai';
import { systemClock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY, MINUTE } from '#kernel/units';
import { modelsCommands, modelsRoutes } from '#models';
import { searchQuerySchema, type VocabularyList, type VocabularyTerm } from '#models/contract';
import type { ModelSource } from '#models/ports';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { fixturesFolder } from '../stand-ins/fixtures.ts';
import { openOver } from './models/bench-over-simulator.ts';

const fixtures = fixturesFolder('civitai');

let simulator: CivitaiSimulator;
let folder: string;
before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 50 });
  folder = await mkdtemp(join(tmpdir(), 'kura-vocabulary-'));
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A clock that stands where the test puts it. */
function movableClock(start = '2026-11-22T00:00:00Z') {
  let now = Date.parse(start);
  return { now: () => now, monotonic: () => now, pass: (milliseconds: number) => (now += milliseconds) };
}

async function terms(bench: ModelBench, list: VocabularyList, learned = true): Promise<readonly VocabularyTerm[]> {
  return (await bench.models.readVocabulary({ list, learned }, never)).terms;
}

async function confidences(bench: ModelBench, list: VocabularyList): Promise<Record<string, number>> {
  return Object.fromEntries((await terms(bench, list)).map(({ value, confidence }) => [value, confidence]));
}

function recordedModel(id: number, facts: object = {}): object {
  const files = [{ id: id + 2, name: 'a.safetensors', type: 'Model', metadata: { format: 'SafeTensor' } }];
  return {
    id,
    name: `m${id}`,
    type: 'LORA',
    modelVersions: [{ id: id + 1, name: 'v1', baseModel: 'Krea 3', files }],
    ...facts,
  };
}

async function importModels(bench: ModelBench, models: readonly object[]): Promise<void> {
  const path = join(folder, 'page.json');
  await writeFile(path, JSON.stringify({ items: models, metadata: {} }));
  const { skipped } = await bench.models.importRecords([path], { signal: never, onProgress: () => undefined });
  assert.deepEqual(skipped, []);
}

/** The site's lists with more in them than Kura came with; counts how often it is asked. */
function listing(
  more: { readonly modelTypes?: string[]; readonly baseModels?: string[] },
  state: { asked: number; down?: boolean },
) {
  return (source: ModelSource): ModelSource => ({
    ...source,
    enums: async (signal) => {
      state.asked += 1;
      if (state.down === true) throw new KuraError('unavailable', 'civitai.server-error');
      const lists = await source.enums(signal);
      return {
        ...lists,
        modelTypes: [...lists.modelTypes, ...(more.modelTypes ?? [])],
        baseModels: [...lists.baseModels, ...(more.baseModels ?? [])],
      };
    },
  });
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  it('comes with the words of the site, hidden where the site hides them', {
    skip: fixtures.found ? false : fixtures.reason,
  }, async () => {
    assert.ok(fixtures.found);
    const text = await readFile(join(fixtures.path, 'enums/2026-08-enums.json'), 'utf8');
    const { BaseModel, ActiveBaseModel, ModelType } = JSON.parse(text) as Record<string, string[]>;
    await using bench = await openOver(databases, simulator);
    const bases = await terms(bench, 'bases', false);
    const shown = bases.filter(({ marks }) => !marks.includes('hidden'));
    assert.deepEqual(bases.map(({ value }) => value).toSorted(), BaseModel?.toSorted());
    assert.deepEqual(shown.map(({ value }) => value).toSorted(), ActiveBaseModel?.toSorted());
    const types = await terms(bench, 'types', false);
    assert.deepEqual(types.map(({ value }) => value).toSorted(), ModelType?.toSorted());
  });

  it('learns from models, one tenth of trust per different model, and not from the same one again', async () => {
    await using bench = await openOver(databases, simulator);
    await importModels(bench, [recordedModel(10)]);
    await importModels(bench, [recordedModel(10)]);
    assert.deepEqual(await confidences(bench, 'bases'), { 'Krea 3': 0.3 });
    await importModels(
      bench,
      [10, 20, 30, 40].map((id) => recordedModel(id)),
    );
    const [krea] = await terms(bench, 'bases');
    assert.deepEqual([krea?.confidence, krea?.sightings, krea?.learned], [0.6, 4, true]);
    await importModels(bench, [recordedModel(50, { type: 'HoloLattice', allowCommercialUse: ['Sell', 'Print'] })]);
    assert.deepEqual(await confidences(bench, 'types'), { HoloLattice: 0.3 });
    assert.deepEqual(await confidences(bench, 'licences'), { Print: 0.3 });
    assert.deepEqual(await confidences(bench, 'formats'), {});
  });

  it('counts the models of the catalogue behind the words it came with', async () => {
    await using bench = await openOver(databases, simulator);
    await importModels(bench, [
      recordedModel(10, {
        modelVersions: [10, 11].map((id) => ({
          id,
          name: 'v',
          baseModel: 'Pony',
          files: [{ id, metadata: { format: 'GGUF' } }],
        })),
      }),
      recordedModel(20),
    ]);
    async function counts(list: VocabularyList) {
      const seen = (await terms(bench, list, false)).filter(({ sightings }) => sightings > 0);
      return seen.map(({ value, sightings }) => [value, sightings]);
    }
    assert.deepEqual(await counts('types'), [['LORA', 2]]);
    assert.deepEqual(await counts('bases'), [
      ['Pony', 1],
      ['Krea 3', 1],
    ]);
    assert.deepEqual(await counts('formats'), [
      ['SafeTensor', 1],
      ['GGUF', 1],
    ]);
  });

  it('asks the site for its lists once a day, and keeps what it knows when the site is away', async () => {
    const clock = movableClock();
    const state: Parameters<typeof listing>[1] = { asked: 0 };
    const altered = listing({ modelTypes: ['HoloLattice'], baseModels: ['Krea 3'] }, state);
    await using bench = await openOver(databases, simulator, { altered, overrides: { clock } });
    assert.deepEqual(await confidences(bench, 'types'), { HoloLattice: 0.5 });
    clock.pass(DAY - 1);
    assert.deepEqual(await confidences(bench, 'bases'), { 'Krea 3': 0.5 });
    assert.equal(state.asked, 1);

    clock.pass(1);
    state.down = true;
    const answer = await bench.models.readVocabulary({ learned: true }, never);
    assert.deepEqual([answer.refreshFailed, answer.terms.length, state.asked], [true, 2, 2]);
    assert.equal(answer.listedAt, '2026-11-22T00:00:00.000Z');
    assert.equal((await bench.models.readVocabulary({ learned: true }, never)).refreshFailed, true);
    assert.equal(state.asked, 2, 'a site that is away is left alone for a while');

    clock.pass(15 * MINUTE);
    state.down = false;
    assert.equal((await bench.models.readVocabulary({ learned: true }, never)).refreshFailed, false);
    assert.equal(state.asked, 3);
  });

  it('forgets a weak word after thirty days, and starts anew when it comes back', async () => {
    const clock = movableClock();
    await using bench = await openOver(databases, simulator, { overrides: { clock } });
    // Recorded answers count from the day their file was written, so the clock starts there.
    clock.pass(Date.now() - clock.now());
    await importModels(bench, [recordedModel(10), recordedModel(20)]);
    assert.deepEqual(await confidences(bench, 'bases'), { 'Krea 3': 0.4 });
    clock.pass(31 * DAY);
    assert.deepEqual(await confidences(bench, 'bases'), {});
    clock.pass(-31 * DAY);
    await importModels(bench, [recordedModel(20)]);
    assert.deepEqual(await confidences(bench, 'bases'), { 'Krea 3': 0.3 });
  });

  it('learns from a refusal that lists what the site takes', async () => {
    const values = Array.from({ length: 60 }, (_, index) => `"Kind number ${index}"`).join('|');
    const issue = { path: ['types', 0], message: `Invalid option: expected one of ${values}|"PrismLattice"` };
    const body = JSON.stringify({ error: { name: 'ZodError', issues: [issue] } });
    const refusal = errorFromAnswer({ status: 400, headers: {}, body }, { path: '/models', clock: systemClock });
    function altered(source: ModelSource): ModelSource {
      return {
        ...source,
        async *modelPages(query, signal) {
          if (query.types === undefined) yield* source.modelPages(query, signal);
          else yield { kind: 'error', error: refusal, cursor: null };
        },
      };
    }
    await using bench = await openOver(databases, simulator, { altered });
    await bench.models.search(searchQuerySchema.parse({ type: ['Hologram'], limit: 1 }), never);
    const learned = await confidences(bench, 'types');
    assert.deepEqual([learned['Kind number 0'], learned['Kind number 59'], learned['PrismLattice']], [0.5, 0.5, 0.5]);
  });

  it('asks for unknown names anyway and says so; what the site lists is known from then on', async () => {
    const lists = Promise.withResolvers<void>();
    const listed = listing({ baseModels: ['Krea 3'] }, { asked: 0 });
    function altered(source: ModelSource): ModelSource {
      const telling = listed(source);
      return { ...telling, enums: async (signal) => lists.promise.then(async () => telling.enums(signal)) };
    }
    await using bench = await openOver(databases, simulator, { altered });
    async function search(query: object) {
      return bench.models.search(searchQuerySchema.parse({ nsfw: 'all', ...query }), never);
    }
    assert.deepEqual((await search({ base: ['pony xl'], type: ['lora'] })).warnings, []);

    const misspelled = await search({ base: ['Ilustrious'] });
    assert.deepEqual(misspelled.warnings, [
      { code: 'models.unknown-base-near', params: { name: 'Ilustrious', suggestion: 'Illustrious' } },
    ]);
    assert.deepEqual(misspelled.found, []);
    assert.ok(misspelled.sent.some(({ name, value }) => name === 'baseModels' && value === 'Ilustrious'));

    assert.equal((await search({ base: ['krea-3'] })).warnings[0]?.code, 'models.unknown-base-near');
    lists.resolve();
    await terms(bench, 'bases');
    const known = await search({ base: ['krea-3'] });
    assert.deepEqual(known.warnings, [{ code: 'models.new-base', params: { name: 'Krea 3' } }]);
    assert.ok(known.sent.some(({ value }) => value === 'Krea 3'));
  });

  it('looks at the lists of the site when a search has an unknown word, once a day and never failing', async () => {
    const clock = movableClock();
    const state: Parameters<typeof listing>[1] = { asked: 0, down: true };
    const databaseUrl = await databases.freshUrl();
    const altered = listing({ baseModels: ['Quilted Loom 9'] }, state);
    // Closing waits for what is being looked up, as the end of a command does.
    async function warningsFor(query: object) {
      await using bench = await openOver(databases, simulator, { altered, databaseUrl, overrides: { clock } });
      return (await bench.models.search(searchQuerySchema.parse(query), never)).warnings.map(({ code }) => code);
    }
    assert.deepEqual(await warningsFor({ type: ['LORA'], base: ['family:sdxl'] }), []);
    assert.equal(state.asked, 0);
    assert.deepEqual(await warningsFor({ base: ['quilted-loom 9'] }), ['models.unknown-base']);
    assert.equal(state.asked, 1);
    clock.pass(15 * MINUTE);
    state.down = false;
    assert.deepEqual(await warningsFor({ base: ['quilted-loom 9'] }), ['models.unknown-base']);
    assert.deepEqual(await warningsFor({ base: ['quilted-loom 9'] }), ['models.new-base']);
    assert.equal((await warningsFor({ base: ['Ilustrious'] })).length, 1);
    assert.equal(state.asked, 2);
  });

  it('asks for every base model of a family, and refuses families there are none of', async () => {
    await using bench = await openOver(databases, simulator);
    const { found, sent } = await bench.models.search(
      searchQuerySchema.parse({ base: ['family:sdxl'], nsfw: 'all', limit: 500 }),
      never,
    );
    assert.ok(sent.filter(({ name }) => name === 'baseModels').length > 3);
    const bases = new Set(found.flatMap(({ versions }) => versions.map(({ baseModel }) => baseModel)));
    assert.ok(bases.has('SDXL 1.0') && bases.has('Pony') && !bases.has('SD 1.5'));
    await assert.rejects(
      bench.models.search(searchQuerySchema.parse({ base: ['family:sdxxl'] }), never),
      (error) => error instanceof KuraError && error.code === 'models.unknown-family',
    );
  });

  it('is listed by the command, and a list that does not exist is refused with what was meant', async () => {
    await using bench = await openOver(databases, simulator);
    const handlers = modelsRoutes(bench.models, translators);
    async function kura(...argv: readonly string[]) {
      return runCommand(modelsCommands, ['models', 'vocabulary', ...argv], {
        open: async () => bench.models,
        handlers,
      });
    }
    const { code, stdout } = await kura('bases', '--json');
    const answer = JSON.parse(stdout);
    assert.deepEqual([code, answer.terms.length, answer.refreshFailed], [0, 99, false]);
    const fields =
      'aliases confidence detail extensions firstSeenAt group lastSeenAt learned list marks sightings value';
    assert.equal(Object.keys(answer.terms[0]).toSorted().join(' '), fields);
    assert.equal(answer.terms.find(({ value }: { value: string }) => value === 'Illustrious').group, 'illustrious');
    const everything = JSON.parse((await kura('--json')).stdout).terms;
    assert.equal(new Set(everything.map(({ list }: { list: string }) => list)).size, 9);

    await importModels(bench, [recordedModel(10)]);
    const learned = await kura('--learned', '--json');
    assert.deepEqual(
      JSON.parse(learned.stdout).terms.map(({ value, confidence }: VocabularyTerm) => [value, confidence]),
      [['Krea 3', 0.3]],
    );
    assert.match((await kura('bases', '--learned')).stdout, /Krea 3 .*learned \(0\.3\)/);

    const wrong = await kura('basis', '--json');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr + wrong.stdout, /did you mean bases/);
  });

  it('says when the site could not be asked', async () => {
    const altered = listing({}, { asked: 0, down: true });
    await using bench = await openOver(databases, simulator, { altered });
    const handlers = modelsRoutes(bench.models, translators);
    const { code, stdout, stderr } = await runCommand(modelsCommands, ['models', 'vocabulary', 'types'], {
      open: async () => bench.models,
      handlers,
    });
    assert.equal(code, 0);
    assert.match(stderr, /did not tell its current lists/);
    assert.match(stdout, /TextualInversion/);
  });
});
