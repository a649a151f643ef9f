import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { mutatedJson } from '../testing/mutated-json.ts';
import { sampleModel } from '../testing/sample-model.ts';
import { type AnswerShape, answerShapeSchema } from './answer-shape.ts';
import { compareShapes } from './compare-shapes.ts';
import { judgeAnswer } from './judge-answer.ts';
import { learnShape } from './learn-shape.ts';
import { emptyShape, MOST_FIELDS, MOST_VALUES, mergeShapes } from './merge-shapes.ts';
import type { RecordedAnswer } from './recorded-answer.ts';

const page = { items: [sampleModel(1), sampleModel(2), sampleModel(3)], metadata: { nextCursor: 'a|b|1' } };

function answerOf(json: unknown, more: Partial<RecordedAnswer> = {}): RecordedAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { endpoint: '/models', status: 200, headers, body: JSON.stringify(json), ...more };
}

function learnAll(answers: readonly RecordedAnswer[]): AnswerShape {
  return answers.map((answer) => learnShape(answer)).reduce(mergeShapes, emptyShape);
}

const someAnswer = fc
  .record({
    json: fc.oneof(mutatedJson(page), fc.jsonValue({ maxDepth: 4 })),
    status: fc.constantFrom(200, 200, 200, 404, 500),
    etag: fc.boolean(),
  })
  .map(({ json, status, etag }) =>
    answerOf(json, { status, headers: { 'content-type': 'application/json', ...(etag ? { etag: '"1"' } : {}) } }),
  );

describe('the shape of answers', () => {
  it('is the same whatever the order and grouping of what it learned', () => {
    fc.assert(
      fc.property(someAnswer, someAnswer, someAnswer, (one, two, three) => {
        const [a, b, c] = [learnShape(one), learnShape(two), learnShape(three)];
        assert.deepEqual(mergeShapes(mergeShapes(a, b), c), mergeShapes(a, mergeShapes(b, c)));
        assert.deepEqual(mergeShapes(a, b), mergeShapes(b, a));
        assert.deepEqual(mergeShapes(a, emptyShape), mergeShapes(emptyShape, a));
      }),
      { numRuns: 150 },
    );
  });

  it('accepts every answer it was learned from, alone and together', () => {
    fc.assert(
      fc.property(fc.array(someAnswer, { minLength: 1, maxLength: 8 }), (answers) => {
        const learned = learnAll(answers);
        assert.deepEqual(compareShapes('/models', learned, learned), []);
        for (const answer of answers) assert.deepEqual(judgeAnswer(learned, answer), []);
      }),
      { numRuns: 150 },
    );
  });

  it('survives being written and read', () => {
    fc.assert(
      fc.property(someAnswer, (answer) => {
        const shape = learnShape(answer);
        assert.deepEqual(answerShapeSchema.parse(JSON.parse(JSON.stringify(shape))), shape);
      }),
      { numRuns: 100, examples: [[answerOf(null, { body: '"__proto__"' })]] },
    );
  });

  it('judges any answer against any shape without failing', () => {
    const anyBody = fc.oneof(fc.string(), fc.json(), fc.constantFrom('', '<html>', '{"items":[', '"[]"'));
    fc.assert(
      fc.property(someAnswer, anyBody, (known, body) => {
        for (const change of judgeAnswer(learnShape(known), answerOf(null, { body }))) {
          assert.ok(['low', 'medium', 'high', 'critical'].includes(change.impact));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stays bounded, however many fields and values strangers send', () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, { deep: index }]));
    const shape = learnAll([answerOf(wide), answerOf({ ...wide, other: 1 })]);
    assert.equal(Object.keys(shape.fields).length, MOST_FIELDS);
    assert.equal(shape.truncated, true);
    const texts = learnAll(Array.from({ length: MOST_VALUES + 1 }, (_, index) => answerOf({ id: `word ${index}` })));
    assert.equal(texts.fields['$.id']?.values, null);
    assert.ok(JSON.stringify(shape).length < 150_000);
  });

  it('says nothing of words while a list is still being met, and names one that comes late', () => {
    function typed(types: readonly string[]) {
      return answerOf({ items: types.map((type, index) => ({ ...sampleModel(index + 1), type })), metadata: {} });
    }
    const mixed = typed(['LORA', 'Checkpoint', 'VAE', 'Poses', ...Array.from({ length: 18 }, () => 'LoCon')]);
    assert.deepEqual(judgeAnswer(learnShape(mixed), typed(['DoRA'])), [], 'four of 22 were seen once');
    const settled = typed([...Array.from({ length: 12 }, () => 'LORA'), ...Array.from({ length: 10 }, () => 'VAE')]);
    const [change, ...others] = judgeAnswer(learnShape(settled), typed(['DoRA']));
    assert.deepEqual([change?.kind, change?.path, change?.now, others], ['value-added', '$.items[].type', 'DoRA', []]);
  });

  it('takes a hash without letters for a hash', () => {
    function hashed(hash: string) {
      return answerOf({ items: Array.from({ length: 24 }, () => ({ hashes: { CRC32: hash } })), metadata: {} });
    }
    assert.deepEqual(judgeAnswer(learnShape(hashed('85114A0D')), hashed('85114100')), []);
    assert.deepEqual(judgeAnswer(learnShape(hashed('85114A0D')), hashed('ABCDEFAB')), []);
    const [change] = judgeAnswer(learnShape(hashed('85114A0D')), hashed('crc:85114A0D'));
    assert.deepEqual([change?.kind, change?.impact], ['form-changed', 'high']);
  });

  it('tells an endpoint that closed from a request that was refused', () => {
    const learned = learnShape(answerOf(page));
    function kindsOf(more: Partial<RecordedAnswer>) {
      return judgeAnswer(learned, answerOf(page, more)).map(({ kind, impact }) => [kind, impact]);
    }
    assert.deepEqual(kindsOf({ status: 404, body: '{"message":"User not found"}' }), []);
    assert.deepEqual(kindsOf({ status: 404, body: '<html></html>' }), [['status-changed', 'critical']]);
    assert.deepEqual(kindsOf({ status: 404, endpoint: '/models/:id', body: '{}' }), []);
    assert.deepEqual(kindsOf({ status: 401, endpoint: '/me', body: '{"error":"Unauthorized"}' }), []);
    assert.deepEqual(kindsOf({ status: 401, body: '{"error":"Unauthorized"}' }), [['status-changed', 'high']]);
    assert.deepEqual(kindsOf({ status: 403, body: '<html>Just a moment…</html>' }), []);
    assert.deepEqual(kindsOf({ status: 429, body: '' }), []);
    assert.deepEqual(kindsOf({ status: 503, body: '' }), []);
  });

  it('takes the keys of hashes and meta for data, not for fields', () => {
    const shape = learnShape(answerOf({ hashes: { SHA256: 'aa' }, meta: { prompt: 'x', 'Clip skip': 2 } }));
    assert.deepEqual(Object.keys(shape.fields).toSorted(), ['$', '$.hashes', '$.hashes.*', '$.meta', '$.meta.*']);
  });

  it('says nothing of a field that may be absent, something of one that never was', () => {
    const models = Array.from({ length: 24 }, (_, index) => ({
      ...sampleModel(index + 1),
      ...(index % 2 === 0 ? { cosmetic: null } : {}),
    }));
    const learned = learnShape(answerOf({ items: models, metadata: {} }));
    const { stats, cosmetic, ...rest } = { cosmetic: null, ...sampleModel(90) } as Record<string, unknown>;
    assert.ok(stats !== undefined && cosmetic === null);
    const one = judgeAnswer(learned, answerOf({ items: [{ ...rest, stats }], metadata: {} }));
    assert.deepEqual(one, [], 'without the optional field');
    const three = judgeAnswer(learned, answerOf({ items: [rest, rest, rest], metadata: {} }));
    assert.deepEqual(
      three.map(({ kind, path, impact }) => [kind, path, impact]),
      [['field-missing', '$.items[].stats', 'medium']],
    );
  });
});
