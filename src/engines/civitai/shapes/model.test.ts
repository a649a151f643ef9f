import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { isCivitaiId } from '../ids.ts';
import { mutatedJson } from '../testing/mutated-json.ts';
import { sampleFile, sampleModel, sampleVersion } from '../testing/sample-model.ts';
import { isRaw, type Raw, readList } from './lenient.ts';
import { permitsCommercialUse } from './licence.ts';
import { type Model, readModel } from './model.ts';
import { readFile } from './model-file.ts';
import { isGated, readVersion } from './model-version.ts';

function modelFrom(raw: Raw): Model {
  const reading = readModel(raw);
  assert.ok('item' in reading);
  return reading.item;
}

function versionFrom(raw: Raw) {
  const reading = readVersion(raw);
  assert.ok('item' in reading);
  return reading.item;
}

function fileFrom(raw: Raw) {
  const reading = readFile(raw);
  assert.ok('item' in reading);
  return reading.item;
}

describe('readModel', () => {
  it('reads every field of a sound answer', () => {
    const model = modelFrom(sampleModel(100));
    assert.equal(model.modelId, 100);
    assert.equal(model.name, '和風スタイル / Washi style');
    assert.deepEqual(model.creator, { username: 'kamisuki', imageUrl: null });
    assert.deepEqual(model.stats, { downloads: 5, thumbsUp: 2, thumbsDown: 0, comments: null, tips: 0 });
    assert.deepEqual(model.licence, {
      allowCommercialUse: ['Image', 'RentCivit'],
      allowNoCredit: true,
      allowDerivatives: true,
      allowDifferentLicense: false,
    });
    const [version] = model.versions;
    assert.equal(version?.modelId, 100, 'a version inside a model knows its model');
    assert.equal(version?.publishedAt, '2026-08-11T21:25:04.626Z');
    const [file] = version?.files ?? [];
    assert.equal(file?.sizeBytes, 1536);
    assert.equal(file?.hashes.sha256, 'ab'.repeat(32));
    assert.equal(file?.hashes.crc32, '85114a0d');
  });

  it('keeps in extra what it does not know, at any depth, and nothing that stands in its fields', () => {
    const stats = { downloadCount: 5, rating: 4.9 };
    const model = modelFrom({ ...sampleModel(), stats, brandNewKey: { a: 1 }, nsfw: 'maybe' });
    assert.deepEqual(model.extra, { stats: { rating: 4.9 }, brandNewKey: { a: 1 }, nsfw: 'maybe' });
    assert.deepEqual(modelFrom(sampleModel()).extra, {});
  });

  it('keeps in extra what it spells differently', () => {
    const version = versionFrom({ id: 1, publishedAt: '2024-05-01T10:20:30.123', trainedWords: 'one', covered: false });
    assert.deepEqual(version.extra, { publishedAt: '2024-05-01T10:20:30.123', trainedWords: 'one' });
    assert.deepEqual(fileFrom(sampleFile(1)).extra, {
      sizeKB: 1.5,
      overrideName: null,
      hashes: sampleFile(1)['hashes'],
    });
  });

  it('takes an unknown type as data', () => {
    assert.equal(modelFrom({ ...sampleModel(), type: 'HoloModel' }).type, 'HoloModel');
  });

  it('reads a model of which only the id is left', () => {
    const model = modelFrom({ id: 5 });
    assert.deepEqual([model.name, model.type, model.stats, model.creator], ['', '', null, null]);
    assert.deepEqual(model.versions, []);
    assert.equal(model.licence.allowCommercialUse, null);
  });

  it('reads tags written as objects and collects base models from the versions', () => {
    const { baseModels: _, ...old } = sampleModel();
    const model = modelFrom({ ...old, tags: [{ name: 'style' }, 'paper', 7] });
    assert.deepEqual(model.tags, ['style', 'paper']);
    assert.deepEqual(model.baseModels, ['SDXL 1.0']);
  });

  it('reports a broken version and keeps its neighbours', () => {
    const model = modelFrom({ ...sampleModel(), modelVersions: [null, { name: 'no id' }, sampleVersion(7)] });
    assert.deepEqual(
      model.versions.map((version) => version.versionId),
      [7],
    );
    assert.deepEqual(model.skipped, [
      { index: 0, id: null, reason: 'not-an-object', raw: null },
      { index: 1, id: null, reason: 'no-id', raw: { name: 'no id' } },
    ]);
  });

  it('never throws on a bent answer, and loses no item that still has its id', () => {
    const sample = [sampleModel(100), sampleModel(200), sampleModel(300)];
    const untouched = JSON.stringify(readList(sample, readModel).items[2]);
    fc.assert(
      fc.property(mutatedJson(sample.slice(0, 2)), (bent) => {
        const values: readonly unknown[] = Array.isArray(bent) ? bent : [bent];
        const { items, skipped } = readList([...values, sample[2]], readModel);
        assert.equal(items.length + skipped.length, values.length + 1, 'every element is an item or reported');
        const sound = values.filter((value) => isRaw(value) && isCivitaiId(value['id']));
        assert.equal(items.length, sound.length + 1);
        assert.equal(JSON.stringify(items.at(-1)), untouched, 'a broken neighbour changes nothing');
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws on any JSON object at all', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (raw) => {
        assert.ok('reason' in readModel(raw) || isCivitaiId(raw['id']));
        assert.ok('item' in readModel({ ...raw, id: 1 }));
      }),
    );
  });
});

describe('licence', () => {
  const cases: readonly (readonly [unknown, readonly string[] | null])[] = [
    [['Sell'], ['Sell']],
    [
      ['Rent', 'Image', 'Image'],
      ['Image', 'Rent'],
    ],
    [[], []],
    [['None'], []],
    ['None', []],
    ['Image', ['Image']],
    ['Rent', ['Image', 'Rent', 'RentCivit']],
    ['Sell', ['Image', 'Rent', 'RentCivit', 'Sell']],
    ['{Image,RentCivit}', ['Image', 'RentCivit']],
    ['{}', []],
    ['Lease', ['Lease']],
    [null, null],
    [undefined, null],
    [7, null],
  ];
  for (const [sent, rights] of cases) {
    it(`reads ${JSON.stringify(sent) ?? 'nothing'} as ${JSON.stringify(rights)}`, () => {
      assert.deepEqual(modelFrom({ id: 1, allowCommercialUse: sent }).licence.allowCommercialUse, rights);
    });
  }

  it('calls what it does not know unknown, not allowed', () => {
    assert.equal(permitsCommercialUse(modelFrom({ id: 1 }).licence, 'Sell'), null);
    assert.equal(permitsCommercialUse(modelFrom({ id: 1, allowCommercialUse: ['Sell'] }).licence, 'Image'), false);
  });
});

describe('readVersion', () => {
  it('reads a time without a zone as UTC', () => {
    assert.equal(
      versionFrom({ id: 1, publishedAt: '2024-05-01T10:20:30.123' }).publishedAt,
      '2024-05-01T10:20:30.123Z',
    );
    assert.equal(
      versionFrom({ id: 1, publishedAt: '2024-05-01T10:20:30+09:00' }).publishedAt,
      '2024-05-01T01:20:30.000Z',
    );
    assert.equal(versionFrom({ id: 1, publishedAt: '2024-02-31T99:00:00' }).publishedAt, null);
  });

  const now = Date.UTC(2026, 10, 22);
  const gates: readonly (readonly [string, Raw, boolean])[] = [
    ['nothing said', {}, false],
    ['availability alone', { availability: 'EarlyAccess' }, true],
    ['paidAccess that ends later', { paidAccess: { permanent: false, endsAt: '2026-12-01T00:00:00.000Z' } }, true],
    ['paidAccess that has ended', { paidAccess: { permanent: false, endsAt: '2026-11-01T00:00:00.000Z' } }, false],
    ['permanent paidAccess', { paidAccess: { permanent: true, endsAt: null } }, true],
    ['earlyAccessEndsAt in the past', { earlyAccessEndsAt: '2025-01-01T00:00:00Z', availability: 'Public' }, false],
    ['a time frame that runs', { earlyAccessTimeFrame: 14, publishedAt: '2026-11-20T00:00:00Z' }, true],
    ['a time frame that is over', { earlyAccessTimeFrame: 1, publishedAt: '2023-11-20T00:00:00Z' }, false],
    ['a time frame of none', { earlyAccessTimeFrame: 0, publishedAt: '2026-11-20T00:00:00Z' }, false],
  ];
  for (const [name, raw, gated] of gates) {
    it(`${gated ? 'is' : 'is not'} gated with ${name}`, () => {
      assert.equal(isGated(versionFrom({ id: 1, ...raw }), now), gated);
    });
  }

  it('reads image ratings of every era, the unclear ones as the stricter', () => {
    const ratings = [
      { nsfwLevel: 4 },
      { nsfw: 'Soft' },
      { nsfw: false },
      { nsfw: true },
      { nsfwLevel: 'X', browsingLevel: 8 },
      { nsfw: 'X' },
      {},
    ];
    const images = ratings.map((rating) => ({ url: 'https://image.civitai.com/a.jpeg', ...rating }));
    assert.deepEqual(
      versionFrom({ id: 1, images }).images.map((image) => image.nsfwLevel),
      [4, 2, 1, null, 8, 16, null],
    );
  });
});

describe('readFile', () => {
  it('prefers the overriding name', () => {
    assert.equal(fileFrom({ ...sampleFile(1), overrideName: 'better.safetensors' }).name, 'better.safetensors');
  });

  it('shortens the 64-digit AutoV3 of 2023 and ignores the hash of nothing', () => {
    assert.equal(
      fileFrom({ id: 1, hashes: { AutoV3: '813EA5FB1C67F3CB'.padEnd(64, 'F') } }).hashes.autoV3,
      '813ea5fb1c67',
    );
    assert.equal(fileFrom({ id: 1, hashes: { AutoV3: 'E3B0C44298FC' } }).hashes.autoV3, null);
  });

  it('drops hashes that are none', () => {
    const { hashes } = fileFrom({ id: 1, hashes: { SHA256: 'xyz', BLAKE3: 5, CRC32: null } });
    assert.deepEqual([hashes.sha256, hashes.blake3, hashes.crc32], [null, null, null]);
  });

  it('does not pass on the host "undefined"', () => {
    assert.equal(fileFrom({ id: 1, downloadUrl: 'https://undefined/api/download/models/1' }).downloadUrl, null);
  });

  it('knows no size where there is none, and zero where it is zero', () => {
    assert.equal(fileFrom({ id: 1 }).sizeBytes, null);
    assert.equal(fileFrom({ id: 1, sizeKB: 0 }).sizeBytes, 0);
    assert.equal(fileFrom({ id: 1, sizeKB: -3 }).sizeBytes, null);
    assert.equal(fileFrom({ id: 1, sizeKB: 4165359.29296875 }).sizeBytes, 4265327916);
  });
});
