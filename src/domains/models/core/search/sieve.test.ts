import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type Model, readModel } from '#engines/civitai';

import { searchQuerySchema } from '../../contract/index.ts';
import type { Candidate } from './candidate.ts';
import { conditionNodes } from './condition-nodes.ts';
import { sameFilesAmong } from './same-files.ts';
import { compareKeys, keyOf } from './search-order.ts';
import { createSieve } from './sieve.ts';

const now = Date.parse('2026-11-22T00:00:00Z');

function version(id: number, fields: object = {}) {
  const files = [{ id: id * 10, name: 'a.safetensors', type: 'Model', sizeKB: 1, metadata: { format: 'SafeTensor' } }];
  return { id, name: `v${id}`, baseModel: 'Pony', nsfwLevel: 1, images: [], files, ...fields };
}

function model(fields: object): Model {
  const reading = readModel({ id: 1, name: 'm', type: 'LORA', nsfw: false, nsfwLevel: 1, tags: ['style'], ...fields });
  assert.ok('item' in reading);
  return reading.item;
}

function sieveFor(query: object) {
  return createSieve(conditionNodes(searchQuerySchema.parse(query), now), now);
}

function candidate(id: number, downloadCount: number | null): Candidate {
  const one = model({ id, modelVersions: [version(id)], stats: { downloadCount } });
  return { model: one, versions: one.versions };
}

describe('the sieve of a search', () => {
  it('keeps the versions for which everything holds, and counts models', () => {
    const sieve = sieveFor({ nsfw: 'all', base: ['pony'], format: ['gguf'] });
    const gguf = { files: [{ id: 9, name: 'a.gguf', type: 'Model', sizeKB: 1, metadata: { format: 'GGUF' } }] };
    const mixed = model({ modelVersions: [version(1), version(2, { baseModel: 'SDXL 1.0', ...gguf })] });
    assert.equal(sieve.sift(mixed), undefined);
    const fitting = model({ modelVersions: [version(3), version(4, gguf), version(5, { files: [] })] });
    assert.deepEqual(
      sieve.sift(fitting)?.versions.map(({ versionId }) => versionId),
      [4],
    );
    assert.equal(sieve.sift(model({ modelVersions: [version(6, { files: [] })] })), undefined);
    assert.deepEqual(
      sieve.stages().map((stage) => [stage.filter, stage.in, stage.out]),
      [
        ['versions', 3, 2],
        ['protected', 2, 2],
        ['base', 2, 2],
        ['format', 2, 1],
      ],
    );
  });

  it('knows which single condition kept models out, but never offers protected people', () => {
    const sieve = sieveFor({ type: ['lora'], minDownloads: 10 });
    sieve.sift(model({ modelVersions: [version(1)], stats: { downloadCount: 3 } }));
    sieve.sift(model({ modelVersions: [version(1)], stats: { downloadCount: 4 } }));
    sieve.sift(model({ type: 'VAE', modelVersions: [version(1)], stats: { downloadCount: 3 } }));
    sieve.sift(model({ nsfw: true, modelVersions: [version(1)], stats: { downloadCount: 30 } }));
    sieve.sift(model({ nsfw: true, minor: true, modelVersions: [version(1)], stats: { downloadCount: 30 } }));
    assert.deepEqual(sieve.relaxations(), [
      { filter: 'downloads', wouldGive: 2 },
      { filter: 'nsfw', wouldGive: 1 },
    ]);
  });
});

describe('an order made here', () => {
  const candidates = [candidate(4, null), candidate(3, 5), candidate(2, 5), candidate(1, 9)];

  it('is total, and what is not known comes last either way', () => {
    for (const [direction, expected] of [
      ['desc', [1, 3, 2, 4]],
      ['asc', [2, 3, 1, 4]],
    ] as const) {
      const order = { field: 'downloads', direction } as const;
      const sorted = candidates.toSorted((a, b) => compareKeys(order, keyOf(order, a), keyOf(order, b)));
      assert.deepEqual(
        sorted.map(({ model: one }) => one.modelId),
        expected,
      );
    }
  });
});

describe('the same file under two models', () => {
  it('marks the later one with the earlier', () => {
    const hashes = { SHA256: 'a'.repeat(64) };
    const files = [{ id: 1, name: 'a', type: 'Model', hashes }];
    const found = [1, 2, 3].map((id) => {
      const one = model({ id, modelVersions: [version(id, id === 2 ? {} : { files })] });
      return { model: one, versions: one.versions };
    });
    assert.deepEqual([...sameFilesAmong(found)], [[3, 1]]);
  });
});
