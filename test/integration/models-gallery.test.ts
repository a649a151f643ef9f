/** Pictures of the gallery: whose they are, in which order, what is never shown, and how `kura models images` tells. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { type Image, type ImageQuery, modelId, readModel, versionId } from '#engines/civitai';
import { modelsCommands, modelsRoutes } from '#models';
import { type GalleryQuery, galleryAnswerSchema, galleryQuerySchema } from '#models/contract';
import type { ModelSource } from '#models/ports';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

async function images(bench: ModelBench, ...argv: readonly string[]) {
  const handlers = modelsRoutes(bench.models, translators);
  return runCommand(modelsCommands, ['models', 'images', ...argv], { open: async () => bench.models, handlers });
}

async function gallery(bench: ModelBench, query: Partial<GalleryQuery>) {
  return bench.models.readGallery(galleryQuerySchema.parse(query), never);
}

/** Pictures of the simulated site itself, as the rule of the test wants them. */
function picturesOf(wanted: (model: CivitaiSimulator['catalogue']['models'][number]) => boolean) {
  return simulator.catalogue.models
    .filter((model) => wanted(model) && model.mode !== 'TakenDown' && !model.poi)
    .flatMap(({ versions }) => versions.filter(({ status }) => status === 'Published').flatMap((one) => one.images));
}

function byNumber(a: number | null, b: number | null): number {
  return (a ?? 0) - (b ?? 0);
}

const picture: Image = {
  imageId: 1,
  url: 'https://example.org/1.jpeg',
  type: 'image',
  width: 8,
  height: 8,
  blurHash: null,
  nsfwLevel: 1,
  minor: false,
  poi: false,
  createdAt: null,
  postId: null,
  username: 'someone',
  baseModel: null,
  versionIds: [],
  reactions: null,
  thumbnailUrl: null,
  meta: null,
  extra: {},
};

/** The simulated site with a gallery of these pictures, in pages of two. */
function showing(pictures: readonly Partial<Image>[], asked: ImageQuery[] = []) {
  return (source: ModelSource): ModelSource => ({
    ...source,
    imagePages: async function* (query) {
      asked.push(query);
      for (let start = Number(query.cursor ?? 0); start < pictures.length; start += 2) {
        const items = pictures
          .slice(start, start + 2)
          .map((one, index) => ({ ...picture, imageId: start + index, ...one }));
        const nextCursor = start + 2 < pictures.length ? String(start + 2) : null;
        const sent = { sentParameters: [], notSent: [], recheck: [] };
        yield {
          kind: 'page',
          page: { ...sent, items, nextCursor, suspectEnd: [], skipped: [], extra: {} },
          duplicates: 0,
        };
      }
      yield { kind: 'end' };
    },
  });
}

forEachDatabase((databases) => {
  it('gives the pictures of a model that are safe for everybody, the most liked first, with how they were made', async () => {
    await using bench = await openOver(databases, simulator);
    const { modelId: id } = simulator.catalogue.known.lora;
    const expected = picturesOf((model) => model.id === id).filter(({ nsfwLevel }) => nsfwLevel <= 2);
    assert.ok(expected.length > 2);
    const answer = galleryAnswerSchema.parse(JSON.parse((await images(bench, String(id), '--json')).stdout));
    assert.deepEqual(
      answer.items.map(({ imageId }) => imageId).toSorted(byNumber),
      expected.map((image) => image.id).toSorted(byNumber),
    );
    const reactions = answer.items.map((image) => image.reactions);
    assert.deepEqual(
      reactions,
      reactions.toSorted((a, b) => b - a),
    );
    assert.deepEqual(answer.order, { used: 'Most Reactions', by: 'kura' });
    const shown = answer.items.find(({ generation }) => generation?.prompt !== undefined);
    assert.equal(shown?.generation?.sampler, 'Euler a');
    assert.equal(shown.generation.prompt, expected.find((image) => image.id === shown.imageId)?.prompt);
    const people = await images(bench, String(id), '--width', '512');
    assert.match(people.stdout, /Euler a, 28 steps, CFG 6\.5, seed \d+/);
    assert.equal(people.stdout.match(/\/width=512\//g)?.length, expected.length);
  });

  it('goes on where an answer ended, within a page too, each picture once', async () => {
    await using bench = await openOver(databases, simulator);
    const creator = simulator.catalogue.models.find(({ id }) => id === simulator.catalogue.known.lora.modelId)?.creator;
    const all = picturesOf((model) => model.creator === creator);
    const seen: (number | null)[] = [];
    let cursor: string | undefined;
    do {
      const query = { creator: creator ?? '', nsfw: 'all', sort: 'Newest', limit: 2 } as const;
      const answer = await gallery(bench, { ...query, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...answer.items.map(({ imageId }) => imageId));
      cursor = answer.nextCursor;
    } while (cursor !== undefined);
    assert.ok(all.length > 2);
    assert.deepEqual(seen.toSorted(byNumber), all.map(({ id }) => id).toSorted(byNumber));
  });

  it('shows adult pictures only to those who ask, and none with a minor or a real person to anybody', async () => {
    const guarded = [
      { nsfwLevel: 4, minor: true },
      { nsfwLevel: 16, poi: true },
      { nsfwLevel: 1, poi: true, meta: { prompt: 'nude' } },
      { nsfwLevel: null, minor: true },
    ];
    const adult = [{ nsfwLevel: 3 | 4 }, { nsfwLevel: 0 }, { nsfwLevel: 1, meta: { prompt: 'hentai' } }, { poi: true }];
    const site = showing([...guarded, {}, ...adult]);
    await using bench = await openOver(databases, simulator, { altered: site });
    const safe = await gallery(bench, { creator: 'someone' });
    assert.deepEqual(
      safe.items.map(({ imageId }) => imageId),
      [4],
    );
    const all = await gallery(bench, { creator: 'someone', nsfw: 'all' });
    assert.deepEqual(
      all.items.map(({ imageId }) => imageId),
      [4, 5, 6, 7, 8],
    );
    assert.deepEqual(all.stages.at(-1), { filter: 'nsfw', in: 9, out: 5, where: 'both' });
  });

  it('holds the rule for pictures that do not say themselves whom their model shows', async () => {
    const model = readModel({
      id: 70,
      name: 'Somebody',
      type: 'LORA',
      poi: true,
      nsfw: false,
      nsfwLevel: 1,
      modelVersions: [{ id: 71, name: 'v1' }],
    });
    assert.ok('item' in model);
    const { item } = model;
    const pictures = [
      { nsfwLevel: 4, versionIds: [versionId(71)] },
      { nsfwLevel: 1, versionIds: [versionId(71)] },
    ];
    function site(source: ModelSource): ModelSource {
      return { ...showing(pictures)(source), model: async () => item };
    }
    await using bench = await openOver(databases, simulator, { altered: site });
    for (const query of [{ model: 70, sort: 'Newest' }, { creator: 'someone' }, { version: 71 }] as const) {
      const { items } = await gallery(bench, { ...query, nsfw: 'all' });
      assert.deepEqual(
        items.map(({ imageId }) => imageId),
        [1],
        JSON.stringify(query),
      );
      assert.deepEqual((await gallery(bench, query)).items, [], 'not for everybody either');
    }
  });

  it('asks for one version by its own number, and refuses what names nothing or cannot be ordered', async () => {
    const asked: ImageQuery[] = [];
    await using bench = await openOver(databases, simulator, { altered: showing([{}], asked) });
    const { modelId: id, versionId: version } = simulator.catalogue.known.lora;
    assert.equal((await images(bench, `${id}@${version}`, '--sort', 'most collected')).code, 0);
    assert.deepEqual([asked[0]?.modelId, asked[0]?.versionId, asked[0]?.browsingLevel], [undefined, version, 3]);
    assert.equal((await images(bench, `${id}`, '--sort', 'most collected')).code, 2);
    assert.equal((await images(bench)).code, 2);
    assert.equal((await images(bench, `sha256:${'ab'.repeat(32)}`)).code, 2);
    assert.equal((await images(bench, `${modelId(100_010)}@${version}`)).code, 2);
    assert.equal(asked.length, 1);
  });
});
