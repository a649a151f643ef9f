/** Holds the simulator's answers against recorded ones: same keys, same types, same error bodies. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { fixturesFolder } from '../fixtures.ts';
import { type CivitaiSimulator, startCivitaiSimulator } from './index.ts';

const recordings = fixturesFolder('civitai');
const skip = recordings.found ? false : recordings.reason;

let simulator: CivitaiSimulator;

before(async () => {
  simulator = await startCivitaiSimulator();
});
after(() => simulator[Symbol.asyncDispose]());

type Json = Record<string, unknown>;

describe('answers beside the recorded ones', { skip }, () => {
  it('lists models in the shape of August 2026', async () => {
    const wanted = shapesOf(recorded('models/2026-item-krea2-lora.json'), recorded('models/2026-item-null-stats.json'));
    const page = await answer('/models?limit=100&nsfw=true');
    const shown = shapesOf(...items(page));
    // The fixture's source cut pictures, linked VAEs and download URLs of versions away; those come from 2025.
    const older = shapesOf(
      recorded('models/2025-lora-training-data.json'),
      recorded('models/2025-lora-early-access.json'),
    );
    assertCovers(shown, wanted);
    assertNoStrangers(
      shown,
      [wanted, older],
      [
        /^mode$/,
        // Documented by the contract note, in no recording: null in all of 2026, `full` and friends since 2022.
        /^modelVersions\[\]\.files\[\]\.metadata\.(size|quantType)$/,
      ],
    );
  });

  it('keeps the pictures of a version in their recorded shape', async () => {
    const wanted = picturesOf(recorded('models/2025-lora-training-data.json'));
    const shown = picturesOf(...items(await answer('/models?limit=100')));
    assert.deepEqual([...shown].sort(compareEntries), [...wanted].sort(compareEntries));
  });

  it('shows a version with the keys of the recorded one, less what the server dropped since', async () => {
    const dropped = new Set(['availability', 'earlyAccessConfig', 'earlyAccessEndsAt']);
    const documented = Object.entries(recorded('model-versions/2025-2514310-wai.json')).filter(
      ([key]) => !dropped.has(key),
    );
    const shown = await answer(`/model-versions/${simulator.catalogue.known.checkpoint.versionId}`);
    const wanted = shapesOf(Object.fromEntries(documented), ...bulkVersions());
    const types = shapesOf(shown);
    assertCovers(types, wanted);
    assertNoStrangers(
      types,
      [wanted],
      [
        /^images\[\]/,
        /^files\[\]\.(pickle|virus)ScanMessage$/,
        /^files\[\]\.scannedAt$/,
        /^files\[\]\.hashes\./,
        /^files\[\]\.metadata\.isRequired$/,
      ],
    );
  });

  it('answers the bulk look-ups and the mini view in their recorded shape', async () => {
    const { fileId, versionId } = simulator.catalogue.known.checkpoint;
    const { SHA256 } = await simulator.hashesOf(fileId);
    const ids: unknown = JSON.parse(
      await (
        await fetch(`${simulator.apiUrl}/model-versions/by-hash/ids`, {
          method: 'POST',
          body: JSON.stringify([SHA256]),
        })
      ).text(),
    );
    assertCovers(shapesOf({ ids }), shapesOf({ ids: recorded('model-versions/by-hash-ids.json') }));
    const mini = recorded('model-versions/mini-2514310.json');
    // Left out by today's server unless the version is gated.
    delete mini['earlyAccessEndsAt'];
    delete mini['freeTrialLimit'];
    assertCovers(shapesOf(await answer(`/model-versions/mini/${versionId}`)), shapesOf(mini));
  });

  it('lists pictures, creators, tags, enums and the account in their recorded shape', async () => {
    for (const [file, path, strangers] of [
      ['images/2026-images-feed-cursor.json', '/images?limit=1&nsfw=Soft', []],
      ['tags/2026-tags-docs.json', '/tags?limit=1', [/^metadata\.nextPage$/]],
      ['enums/2026-08-enums.json', '/enums', []],
    ] as const) {
      const [wanted, shown] = [shapesOf(recorded(file)), shapesOf(await answer(path))];
      assertCovers(shown, wanted);
      assertNoStrangers(shown, [wanted], [...strangers]);
    }
    const creators = shapesOf(recorded('creators/2026-creators-docs.json'));
    creators.get('items[].image')?.add('null');
    assertNoStrangers(shapesOf(await answer('/creators?limit=1')), [creators], []);
    const me = await fetch(`${simulator.apiUrl}/me`, { headers: { authorization: 'Bearer simulator-patron-token' } });
    const shown: Json = JSON.parse(await me.text());
    assert.deepEqual(shapesOf(shown), shapesOf(recorded('me/me-founder.json')));
  });

  it('sends every recorded error body word for word', async () => {
    const { known } = simulator.catalogue;
    for (const [file, path] of [
      ['401-me', '/api/v1/me'],
      ['404-by-hash', '/api/v1/model-versions/by-hash/0000000000'],
      ['400-page-with-query', '/api/v1/models?query=x&page=2'],
      ['429-too-many-pages', '/api/v1/models?limit=100&page=11'],
      ['401-download-login-required', `/api/download/models/${known.loginRequired.versionId}`],
      ['404-file-not-found', `/api/download/models/${known.lora.versionId}?format=GGUF`],
    ] as const) {
      const response = await fetch(`${simulator.url}${path}`, { redirect: 'manual' });
      assert.equal(String(response.status), file.slice(0, 3));
      assert.deepEqual(JSON.parse(await response.text()), recorded(`errors/${file}.json`), file);
    }
    const entitled = await fetch(
      `${simulator.url}/api/download/models/${known.grantRequired.versionId}?token=simulator-token`,
    );
    assert.deepEqual(JSON.parse(await entitled.text()), recorded('errors/403-not-entitled.json'));
    const unknown = await fetch(`${simulator.apiUrl}/models/99`);
    assert.deepEqual(Object.keys(JSON.parse(await unknown.text())), Object.keys(recorded('errors/404-model.json')));
  });

  it('sends the recorded bodies for faults too', async () => {
    for (const file of ['451-region-blocked', '500-uri-malformed', '503-search-overloaded']) {
      simulator.faults.set({ route: 'models', status: Number(file.slice(0, 3)) });
      const response = await fetch(`${simulator.apiUrl}/models`);
      assert.deepEqual(JSON.parse(await response.text()), recorded(`errors/${file}.json`), file);
    }
    simulator.faults.set({ route: 'storage', expireLink: true });
    const { versionId } = simulator.catalogue.known.lora;
    const expired = await fetch(`${simulator.url}/api/download/models/${versionId}`);
    assert.equal((await expired.text()).trim(), text('downloads/r2-expired.xml').trim());
    simulator.faults.clear();
  });

  it('redirects downloads like R2', async () => {
    const transfer: { responses: { status: number; headers: Record<string, string> }[] } = JSON.parse(
      text('downloads/redirect-r2.json'),
    );
    const [redirect, delivery] = transfer.responses;
    const { versionId } = simulator.catalogue.known.lora;
    const first = await fetch(`${simulator.url}/api/download/models/${versionId}`, { redirect: 'manual' });
    assert.equal(first.status, redirect?.status);
    assert.equal(first.headers.get('cache-control'), redirect?.headers['cache-control']);
    const link = new URL(first.headers.get('location') ?? '');
    const wanted = new URL(redirect?.headers['location'] ?? '').searchParams;
    assert.deepEqual([...link.searchParams.keys()].sort(), [...wanted.keys()].sort());
    const second = await fetch(link);
    for (const header of Object.keys(delivery?.headers ?? {})) assert.ok(second.headers.has(header), header);
    await second.arrayBuffer();
  });
});

type Shapes = Map<string, Set<string>>;

/** Every path in the documents with the JSON types seen there; elements of arrays share one path. */
function shapesOf(...documents: readonly unknown[]): Shapes {
  const shapes: Shapes = new Map();
  function visit(value: unknown, path: string): void {
    if (Array.isArray(value)) {
      note(path, 'array');
      for (const element of value) visit(element, `${path}[]`);
    } else if (typeof value === 'object' && value !== null) {
      if (path !== '') note(path, 'object');
      for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`);
    } else {
      note(path, value === null ? 'null' : typeof value);
    }
  }
  function note(path: string, type: string): void {
    const types = shapes.get(path) ?? new Set();
    shapes.set(path, types.add(type));
  }
  for (const document of documents) visit(document, '');
  return shapes;
}

/** Everything recorded is there too, in a recorded type or null. */
function assertCovers(shown: Shapes, wanted: Shapes): void {
  for (const [path, types] of wanted) {
    const own = shown.get(path);
    // Arrays that happen to be empty here say nothing about their elements.
    const element = path.slice(0, path.lastIndexOf('[]') + 2);
    if (own === undefined && element !== '' && element.endsWith('[]') && !shown.has(element)) continue;
    assert.ok(own !== undefined, `missing: ${path}`);
    assert.ok(
      types.has('null') || [...own].some((type) => types.has(type)),
      `${path} is ${[...own].join('|')}, recorded ${[...types].join('|')}`,
    );
  }
}

/** Nothing is there that no recording has, and nothing in another type. */
function assertNoStrangers(shown: Shapes, known: readonly Shapes[], allowed: readonly RegExp[]): void {
  for (const [path, types] of shown) {
    if (allowed.some((pattern) => pattern.test(path))) continue;
    const recordedTypes = new Set(known.flatMap((shapes) => [...(shapes.get(path) ?? [])]));
    assert.ok(recordedTypes.size > 0, `not recorded: ${path}`);
    for (const type of types) {
      const fits =
        recordedTypes.has(type) || type === 'null' || (recordedTypes.size === 1 && recordedTypes.has('null'));
      assert.ok(fits, `${path} is ${type}, recorded ${[...recordedTypes].join('|')}`);
    }
  }
}

function picturesOf(...models: readonly unknown[]): [string, string[]][] {
  const shapes = shapesOf(...models);
  return [...shapes]
    .filter(([path]) => path.startsWith('modelVersions[].images[].'))
    .map(([path, types]) => [path, [...types]]);
}

function compareEntries([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a.localeCompare(b);
}

function bulkVersions(): unknown[] {
  const bulk: unknown = JSON.parse(text('model-versions/by-hash-bulk-derived.json'));
  return Array.isArray(bulk) ? bulk.filter((version) => version !== null) : [];
}

function items(page: Json): unknown[] {
  return Array.isArray(page['items']) ? page['items'] : [];
}

function recorded(file: string): Json {
  return JSON.parse(text(file));
}

function text(file: string): string {
  assert.ok(recordings.found);
  return readFileSync(join(recordings.path, file), 'utf8');
}

async function answer(path: string): Promise<Json> {
  const response = await fetch(`${simulator.apiUrl}${path}`);
  assert.equal(response.status, 200, path);
  return JSON.parse(await response.text());
}
