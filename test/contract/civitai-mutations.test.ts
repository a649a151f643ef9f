/** The API-change watch (P-091): recorded answers, bent; each change is found, graded, and survived by the reader. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import {
  type AnswerShape,
  createCivitaiClient,
  emptyShape,
  type HttpAnswer,
  judgeAnswer,
  learnShape,
  mergeShapes,
  modelId,
  type RecordedAnswer,
} from '#engines/civitai';
import { systemClock, systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';

import { type Json, type Mutation, mutations } from './civitai-mutations.ts';
import { loadRecordings } from './civitai-recordings.ts';

const PER_PAGE = 4;
const recordings = loadRecordings();
/** Recorded models, put into pages as the site does; the last of the recorded pages gives the frame. */
const pages = recordedPages();
const learned = pages.map((page) => learnShape(answerOf(page))).reduce(mergeShapes, emptyShape);
const [page = {}] = pages;

function recordedPages(): readonly Json[] {
  const models = recordings.all
    .filter(({ file }) => /^models\/(?!page-)/.test(file))
    .map(({ body }) => JSON.parse(body) as Json);
  const recorded = recordings.all.find(({ file }) => file.endsWith('page-1-of-2-cursor.json'));
  if (recorded === undefined) return [];
  const { metadata } = JSON.parse(recorded.body) as Json;
  const grouped = Array.from({ length: Math.ceil(models.length / PER_PAGE) }, (_, index) => ({
    items: models.slice(index * PER_PAGE, (index + 1) * PER_PAGE),
    metadata,
  }));
  return [JSON.parse(recorded.body) as Json, ...grouped];
}

function answerOf(value: unknown): RecordedAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { endpoint: '/models', status: 200, headers, body: JSON.stringify(value) };
}

function bent(mutation: Mutation): RecordedAnswer {
  const result = mutation.bend(page);
  if (!('answer' in result)) return answerOf(result);
  return { ...answerOf(page), ...(result.answer as Partial<RecordedAnswer>) };
}

/** What the client makes of the answer: what it read, or how it said that it could not. */
async function readWith(answer: HttpAnswer) {
  const client = createCivitaiClient({
    baseUrl: 'http://127.0.0.1',
    transport: { send: async () => answer },
    clock: systemClock,
    random: systemRandom,
    limits: { maxAttempts: 1 },
  });
  try {
    const found = await client.searchModels({}, AbortSignal.timeout(10_000));
    const { nextCursor, suspectEnd } = found;
    return { models: found.items.length, skipped: found.skipped.length, nextCursor, suspectEnd, code: undefined };
  } catch (error) {
    assert.ok(isKuraError(error), `not an error of ours: ${String(error)}`);
    return { models: 0, skipped: 0, nextCursor: null, suspectEnd: [], code: error.code };
  }
}

describe('API changes', { skip: recordings.skip }, () => {
  it('are at least thirty different ones', () => {
    assert.ok(mutations.length >= 30 && new Set(mutations.map(({ name }) => name)).size === mutations.length);
  });

  it('are not seen in the recorded answers themselves', () => {
    for (const recorded of pages) assert.deepEqual(judgeAnswer(learned, answerOf(recorded)), []);
  });

  for (const mutation of mutations) {
    it(`finds and grades: ${mutation.name}`, () => {
      const changes = judgeAnswer(learned, bent(mutation));
      const found = changes.find(({ kind, impact }) => kind === mutation.kind && impact === mutation.impact);
      assert.ok(found, `${mutation.kind} ${mutation.impact} among ${JSON.stringify(changes, null, 1).slice(0, 1500)}`);
    });

    it(`survives: ${mutation.name}`, async () => {
      const outcome = await readWith(bent(mutation));
      const saysSomething = outcome.code?.startsWith('civitai.') === true || outcome.models + outcome.skipped > 0;
      const endsSilently = outcome.code === undefined && outcome.nextCursor === null && outcome.suspectEnd.length === 0;
      assert.ok(!endsSilently || mutation.kind === 'page-empty', `taken for the end: ${JSON.stringify(outcome)}`);
      assert.ok(saysSomething || mutation.kind === 'page-empty', `silently nothing: ${JSON.stringify(outcome)}`);
    });
  }

  it('learns the rest of a detail endpoint as well', () => {
    const details = recordings.all.filter(({ file }) => file.startsWith('models/2023-'));
    const shape: AnswerShape = details
      .map(({ body }) => learnShape({ ...answerOf(null), endpoint: '/models/:id', body }))
      .reduce(mergeShapes, emptyShape);
    const [first] = details;
    assert.ok(first);
    const { id, ...withoutId } = JSON.parse(first.body) as Json;
    assert.ok(modelId(id as number) > 0);
    const [change] = judgeAnswer(shape, { ...answerOf(withoutId), endpoint: '/models/:id' });
    assert.deepEqual([change?.kind, change?.path, change?.impact], ['field-missing', '$.id', 'critical']);
  });
});
