/** The reader held against every recorded answer of 2023 to 2026. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import {
  type CivitaiClient,
  chooseFile,
  createCivitaiClient,
  errorFromAnswer,
  type Model,
  type ModelVersion,
  modelId,
  parseModelRef,
  readList,
  readModel,
  readVersion,
  versionId,
} from '#engines/civitai';
import { sha256 } from '#kernel/brands';
import { systemClock, systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';

import { loadRecordings, type Recording } from './civitai-recordings.ts';

const { skip, all: recordings } = loadRecordings();
const never = new AbortController().signal;

/** Recorded for others: answers of endpoints the client does not call, and what is no answer at all. */
const elsewhere = /^(vault|collections|permissions|layouts|sidecars|downloads)\//;

function inFolder(folder: string): readonly Recording[] {
  return recordings.filter(({ file }) => file.startsWith(`${folder}/`));
}

function named(file: string): Recording {
  const found = recordings.find((recording) => recording.file === file);
  assert.ok(found, `${file} is not among the recordings`);
  return found;
}

/** A client whose server plays these recordings in order. */
function replay(...files: readonly string[]): CivitaiClient {
  const answers = files.map(named);
  return createCivitaiClient({
    baseUrl: 'http://127.0.0.1:1',
    token: 'test',
    clock: systemClock,
    random: systemRandom,
    limits: { maxAttempts: 1 },
    transport: {
      send: async () => {
        const answer = answers.shift();
        assert.ok(answer, 'one request more than recorded');
        return answer;
      },
    },
  });
}

/** Models as recorded: single items and those of pages. */
function rawModels(): readonly Record<string, unknown>[] {
  return inFolder('models').flatMap(({ body }) => {
    const json = JSON.parse(body);
    return Array.isArray(json.items) ? json.items : [json];
  });
}

function modelOf(file: string): Model {
  const reading = readModel(JSON.parse(named(file).body));
  assert.ok('item' in reading);
  return reading.item;
}

function firstVersion(model: Model): ModelVersion {
  const [version] = model.versions;
  assert.ok(version);
  return version;
}

describe('recorded models', { skip }, () => {
  it('are read whole: every version, file and image', () => {
    const raws = rawModels();
    assert.ok(raws.length >= 50, `only ${raws.length} models recorded`);
    const { items, skipped } = readList(raws, readModel);
    assert.deepEqual(skipped, []);
    for (const [index, model] of items.entries()) {
      const raw = raws[index] as {
        modelVersions: { files?: unknown[]; images?: unknown[] }[];
        name: string;
        type: string;
      };
      assert.equal(model.name, raw.name);
      assert.equal(model.type, raw.type);
      assert.deepEqual(model.skipped, [], model.name);
      assert.equal(model.versions.length, raw.modelVersions.length);
      for (const [place, version] of model.versions.entries()) {
        assert.equal(version.files.length, raw.modelVersions[place]?.files?.length ?? 0);
        assert.equal(version.images.length, raw.modelVersions[place]?.images?.length ?? 0);
        assert.equal(version.modelId, model.modelId);
      }
    }
  });

  it('lose no hash, size, date or licence', () => {
    let files = 0;
    for (const raw of rawModels()) {
      const reading = readModel(raw);
      assert.ok('item' in reading);
      const rawVersions = raw['modelVersions'] as { files?: RawFile[]; publishedAt?: string | null }[];
      assert.ok(raw['allowCommercialUse'] === null || reading.item.licence.allowCommercialUse !== null);
      for (const [place, version] of reading.item.versions.entries()) {
        const rawVersion = rawVersions[place];
        assert.equal(version.publishedAt === null, typeof rawVersion?.publishedAt !== 'string');
        for (const [at, file] of version.files.entries()) {
          const rawFile = rawVersion?.files?.[at];
          assert.ok(rawFile);
          files += 1;
          assert.equal(file.hashes.sha256, rawFile.hashes.SHA256?.toLowerCase() ?? null);
          assert.equal(file.hashes.crc32, rawFile.hashes.CRC32?.toLowerCase() ?? null);
          assert.equal(file.hashes.blake3, rawFile.hashes.BLAKE3?.toLowerCase() ?? null);
          const exact = rawFile.sizeKB * 1024;
          assert.ok(Math.abs((file.sizeBytes ?? -1) - exact) < 1e-3, `sizeKB holds whole bytes: ${exact}`);
        }
      }
    }
    assert.ok(files >= 100, `only ${files} files recorded`);
  });

  it('are addressed by every URL they carry', () => {
    for (const model of readList(rawModels(), readModel).items) {
      for (const version of model.versions) {
        for (const url of [version.downloadUrl, ...version.files.map((file) => file.downloadUrl)]) {
          if (url === null) continue;
          const ref = parseModelRef(url);
          assert.equal(ref.kind === 'version' && ref.versionId, version.versionId, url);
        }
      }
    }
  });

  it('offer a file wherever they have one, and weights wherever there are weights', () => {
    for (const { versions } of readList(rawModels(), readModel).items) {
      for (const version of versions) {
        const { file, alternatives } = chooseFile(version);
        assert.equal(alternatives.length + (file === null ? 0 : 1), version.files.length);
        if (version.files.some(({ type }) => type === 'Model')) assert.match(file?.type ?? '', /Model$/);
      }
    }
  });

  it('keep their peculiarities', () => {
    assert.equal(modelOf('models/2023-lora-archived-two-versions.json').mode, 'Archived');
    assert.deepEqual(firstVersion(modelOf('models/2023-checkpoint-archived-no-files.json')).files, []);
    assert.equal(
      firstVersion(modelOf('models/2023-ti-file-name-dot-dot-pt.json')).files.some(({ name }) => name === '..pt'),
      true,
    );
    assert.equal(firstVersion(modelOf('models/2025-lora-early-access.json')).availability, 'EarlyAccess');
    assert.deepEqual(modelOf('models/2025-lora-sell-only.json').licence.allowCommercialUse, ['Sell']);
    assert.deepEqual(modelOf('models/2023-checkpoint-danger-plus-vae.json').licence.allowCommercialUse, []);
    const scans = firstVersion(modelOf('models/2023-checkpoint-danger-plus-vae.json')).files.map(
      (file) => file.pickleScan.result,
    );
    assert.deepEqual(scans, ['Success', 'Danger']);
    const hidden = modelOf('models/2026-item-null-stats.json');
    assert.deepEqual(hidden.stats, { downloads: null, thumbsUp: null, thumbsDown: null, comments: null, tips: null });
    const turbo = modelOf('models/2023-detail-215485-sdxl-turbo-lora.json');
    assert.deepEqual(new Set(turbo.baseModels), new Set(['SDXL Turbo', 'SDXL 1.0', 'SD 1.5']));
  });

  it('survive any bending of one of them', () => {
    const raws = rawModels();
    const broken = fc.record({ at: fc.nat(raws.length - 1), key: fc.nat(40), value: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(broken, { minLength: 1, maxLength: 5 }), (changes) => {
        const bent = [...raws];
        for (const { at, key, value } of changes) {
          const entries = Object.entries(bent[at] ?? {});
          const name = entries[key % entries.length]?.[0] ?? 'name';
          if (name !== 'id') bent[at] = { ...bent[at], [name]: value };
        }
        const { items, skipped } = readList(bent, readModel);
        assert.deepEqual(skipped, []);
        assert.deepEqual(
          items.map((model) => model.modelId),
          raws.map((raw) => raw['id']),
        );
      }),
      { numRuns: 100 },
    );
  });
});

interface RawFile {
  readonly sizeKB: number;
  readonly hashes: Readonly<Record<string, string | undefined>>;
}

describe('recorded pages', { skip }, () => {
  it('are walked to the end with the overlap seen once', async () => {
    const client = replay('models/page-1-of-2-cursor.json', 'models/page-2-of-2-overlap.json');
    const kinds: string[] = [];
    const seen: number[] = [];
    let duplicates = 0;
    for await (const step of client.modelPages({ types: ['LORA'], limit: 4 }, never)) {
      kinds.push(step.kind);
      if (step.kind !== 'page') continue;
      seen.push(...step.page.items.map((model) => model.modelId));
      duplicates += step.duplicates;
    }
    assert.deepEqual(kinds, ['page', 'page', 'end']);
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(duplicates >= 1);
  });

  it('are not over when empty with a cursor', async () => {
    const page = await replay('models/page-empty-with-cursor.json').searchModels({ query: 'Flux', limit: 1 }, never);
    assert.deepEqual([page.items.length, page.nextCursor], [0, '2322156']);
  });

  it('of images are read in both cursor eras', async () => {
    const old = await replay('images/2025-images-docs.json').images({}, never);
    const feed = await replay('images/2026-images-feed-cursor.json').images({}, never);
    assert.deepEqual([old.nextCursor, feed.nextCursor], ['1|1744925337225', 'feed:1744925337225:9173928']);
    assert.equal(old.items[0]?.nsfwLevel, 2, 'the browsing level, not the word "Soft"');
    assert.equal(old.items[0]?.meta?.['sampler'], 'DPM++ 2M');
    assert.equal(old.items[0]?.versionIds.length, 5);
    assert.equal(feed.items[0]?.meta, null);
  });

  it('of creators and tags are followed by number', async () => {
    const creators = await replay('creators/2026-creators-docs.json').creators({ limit: 1 }, never);
    assert.deepEqual([creators.items[0]?.username, creators.nextPage], ['JustMaier', 2]);
    const tags = await replay('tags/2026-tags-docs.json').tags({ limit: 1 }, never);
    assert.deepEqual([tags.items[0]?.name, tags.items.length, tags.nextPage], ['character', 1, null]);
  });
});

describe('recorded versions', { skip }, () => {
  it('are read in the shapes of 2023 and 2025', async () => {
    const old = await replay('model-versions/2023-242807-sdxl-turbo-lora.json').version(versionId(242807), never);
    assert.deepEqual([old.modelId, old.model?.type, old.paidAccess], [215485, 'LORA', null]);
    assert.equal(old.files[0]?.hashes.autoV3, '813ea5fb1c67');
    assert.deepEqual(
      old.images.map((image) => image.nsfwLevel),
      [1, 1],
    );
    const wai = await replay('model-versions/2025-2514310-wai.json').version(versionId(2514310), never);
    assert.deepEqual([wai.usageControl, wai.files[0]?.hashes.blake3, wai.stats?.thumbsUp], ['Download', null, 13828]);
    const air = parseModelRef(wai.air ?? '');
    assert.ok(air.kind === 'version');
    assert.deepEqual([air.modelId, air.versionId], [827184, 2514310]);
  });

  it('found in bulk come once each and without unusable addresses', async () => {
    const hash = sha256('a'.repeat(64));
    const found = await replay('model-versions/by-hash-bulk-derived.json').versionsByHashes([hash], never);
    assert.deepEqual(
      found.items.map((version) => version.versionId),
      [2514310],
    );
    assert.deepEqual(found.items[0]?.downloadUrl, null);
    assert.deepEqual(
      found.skipped.map(({ reason }) => reason),
      ['not-an-object'],
    );
    const ids = await replay('model-versions/by-hash-ids.json').versionIdsByHashes([hash], never);
    assert.deepEqual(
      ids.items.map((match) => [match.versionId, match.modelId]),
      [[2514310, null]],
    );
  });

  it('have a short form', async () => {
    const mini = await replay('model-versions/mini-2514310.json').mini(versionId(2514310), null, never);
    assert.deepEqual([mini.format, mini.requiresToken, mini.hashes.autoV2], ['SafeTensor', false, 'a5f58eb1c3']);
    assert.deepEqual(mini.downloadUrls, ['https://civitai.com/api/download/models/2514310']);
  });

  it('in the side-car of Civitai Helper read the same', () => {
    const reading = readVersion(JSON.parse(named('sidecars/sd_xl_turbo_lora_v1.civitai.info').body));
    assert.ok('item' in reading);
    assert.equal(reading.item.versionId, 242807);
  });
});

describe('recorded lists of values and the account', { skip }, () => {
  it('are read', async () => {
    const enums = await replay('enums/2026-08-enums.json').enums(never);
    assert.equal(enums.baseModels.length, 99);
    assert.ok(enums.modelTypes.includes('LORA') && enums.fileTypes.includes('Training Data'));
    const me = await replay('me/me-founder.json').me(never);
    assert.deepEqual([me.userId, me.tier], [12345, 'founder']);
  });
});

describe('recorded errors', { skip }, () => {
  const expected: Readonly<Record<string, string>> = {
    'errors/200-login-page.html': 'civitai.not-json',
    'errors/400-page-with-query.json': 'civitai.request-refused',
    'errors/401-download-login-required.json': 'civitai.token-needed',
    'errors/401-me.json': 'civitai.token-needed',
    'errors/403-not-entitled.json': 'civitai.not-entitled',
    'errors/404-by-hash.json': 'civitai.not-found',
    'errors/404-file-not-found.json': 'civitai.not-found',
    'errors/404-model.json': 'civitai.not-found',
    'errors/429-too-many-pages.json': 'civitai.too-many-pages',
    'errors/451-region-blocked.json': 'civitai.region-blocked',
    'errors/500-uri-malformed.json': 'civitai.page-broken',
    'errors/503-search-overloaded.json': 'civitai.server-error',
  };

  it('each become the error of their cause', async () => {
    assert.deepEqual(
      inFolder('errors')
        .map(({ file }) => file)
        .toSorted(),
      Object.keys(expected).toSorted(),
    );
    for (const [file, code] of Object.entries(expected)) {
      await assert.rejects(
        replay(file).model(modelId(1), never),
        (error) => isKuraError(error) && error.code === code,
        file,
      );
    }
  });

  it('of storage are understood too', () => {
    const { body } = named('downloads/r2-expired.xml');
    const error = errorFromAnswer({ status: 403, headers: {}, body }, { path: '/x', clock: systemClock });
    assert.deepEqual([error.kind, error.code], ['forbidden', 'civitai.forbidden']);
    assert.match(String(error.params['detail']), /expired/i);
  });
});

describe('the recordings', { skip }, () => {
  it('are all read by some test here, or are not answers to this client', () => {
    const folders = new Set(['models', 'model-versions', 'images', 'creators', 'tags', 'enums', 'me', 'errors']);
    const strangers = recordings.filter(({ file }) => !elsewhere.test(file) && !folders.has(file.split('/')[0] ?? ''));
    assert.deepEqual(strangers, []);
  });
});
