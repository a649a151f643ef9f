import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { modelId } from '../ids.ts';
import { buildModelQuery, type ModelQuery } from './model-query.ts';

function sent(query: ModelQuery): string {
  return buildModelQuery(query)
    .sentParameters.map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

describe('buildModelQuery', () => {
  it('repeats lists instead of joining them, and takes comma lists of types apart', () => {
    assert.equal(sent({ types: ['LORA,Checkpoint', 'VAE'] }), 'types=LORA&types=Checkpoint&types=VAE');
    assert.equal(sent({ baseModels: ['SD 1.5', 'Flux.1 D'] }), 'baseModels=SD 1.5&baseModels=Flux.1 D');
    assert.equal(sent({ allowCommercialUse: ['Image', 'Sell'] }), 'allowCommercialUse=Image&allowCommercialUse=Sell');
  });

  it('says a single file format twice, because the server wants an array', () => {
    assert.equal(sent({ fileFormats: ['GGUF'] }), 'fileFormats=GGUF&fileFormats=GGUF');
  });

  it('never sends a switch as false, and says so where that changes the meaning', () => {
    const query = buildModelQuery({ supportsGeneration: false, archived: true, favorites: false, hidden: false });
    assert.deepEqual(query.sentParameters, [{ name: 'archived', value: 'true' }]);
    assert.deepEqual(query.notSent, [{ name: 'supportsGeneration', value: 'false', reason: 'false-means-true' }]);
  });

  it('leaves out the licence switches that no query string can carry', () => {
    const query = buildModelQuery({ allowNoCredit: true, allowDerivatives: false });
    assert.deepEqual(query.sentParameters, []);
    assert.deepEqual(
      query.notSent.map(({ name, reason }) => [name, reason]),
      [
        ['allowNoCredit', 'refused'],
        ['allowDerivatives', 'refused'],
      ],
    );
  });

  it('reports sort and ids as ignored beside a text search', () => {
    const query = buildModelQuery({ query: ' 和風 ', sort: 'Newest', ids: [modelId(1)], period: 'Month' });
    assert.deepEqual(query.sentParameters, [
      { name: 'query', value: '和風' },
      { name: 'period', value: 'Month' },
    ]);
    assert.deepEqual(
      query.notSent.map(({ name, reason }) => [name, reason]),
      [
        ['sort', 'ignored-with-query'],
        ['ids', 'ignored-with-query'],
      ],
    );
  });

  it('browses when the text is empty', () => {
    assert.equal(sent({ query: '   ', sort: 'Newest', ids: [modelId(3), modelId(4)] }), 'sort=Newest&ids=3,4');
  });

  it('keeps words the server would refuse, and reports them', () => {
    const query = buildModelQuery({ sort: 'Most Tipped', period: 'Fortnight', checkpointType: 'Standard' });
    assert.deepEqual(query.sentParameters, []);
    assert.deepEqual(
      query.notSent.map(({ name }) => name),
      ['checkpointType', 'sort', 'period'],
    );
  });

  it('asks for at most 100 per page', () => {
    const query = buildModelQuery({ limit: 250 });
    assert.deepEqual(query.sentParameters, [{ name: 'limit', value: '100' }]);
    assert.deepEqual(query.notSent, [{ name: 'limit', value: '250', reason: 'clamped' }]);
    assert.equal(sent({ limit: 0 }), '');
  });

  it('tells which filters the answer must be checked against', () => {
    assert.deepEqual(buildModelQuery({ tag: 'style' }).recheck, ['tag', 'nsfw']);
    assert.deepEqual(buildModelQuery({ nsfw: true }).recheck, []);
  });

  it('composes text so that equal words are equal bytes', () => {
    assert.equal(sent({ query: 'か\u3099' }), 'query=が');
  });

  it('never sends page, nor loses a wish without a word', () => {
    const words = fc.string({ minLength: 1, maxLength: 8 }).filter((word) => word.trim() !== '' && !word.includes(','));
    const query = fc.record(
      {
        query: words,
        tag: words,
        username: words,
        types: fc.array(words, { minLength: 1, maxLength: 3 }),
        sort: words,
        period: words,
        checkpointType: words,
        availability: words,
        allowCommercialUse: fc.array(words, { minLength: 1, maxLength: 2 }),
        earlyAccess: fc.boolean(),
        allowDerivatives: fc.boolean(),
        limit: fc.integer({ min: 1, max: 500 }),
        cursor: words,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(query, (wishes) => {
        const { sentParameters, notSent } = buildModelQuery(wishes);
        const named = new Set([...sentParameters, ...notSent].map(({ name }) => name));
        assert.deepEqual(
          Object.keys(wishes).filter((name) => !named.has(name)),
          [],
        );
        assert.ok(!sentParameters.some(({ name }) => name === 'page'));
      }),
    );
  });
});
