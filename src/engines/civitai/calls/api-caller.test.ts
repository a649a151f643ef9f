import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createCivitaiClient } from '../create-civitai-client.ts';
import { modelId } from '../ids.ts';
import { answerCacheKit } from '../testing/answer-cache-kit.ts';
import { manualTime } from '../testing/manual-time.ts';
import { memoryAnswerCache } from '../testing/memory-answer-cache.ts';
import { sampleModel } from '../testing/sample-model.ts';
import { jsonAnswer, type Script, scriptedTransport } from '../testing/scripted-transport.ts';
import type { CacheResult } from './api-caller.ts';
import type { Admission, CallOutcome } from './call-guard.ts';
import type { LiveAnswer } from './live-answer.ts';
import type { SeenAnswer } from './read-options.ts';

const never = new AbortController().signal;
const random = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0.5 };
const model = jsonAnswer(sampleModel(1));
const MINUTE = 60_000;

describe('memoryAnswerCache', () => answerCacheKit(async () => memoryAnswerCache()));

interface SetUp {
  readonly token?: string;
  readonly answers?: ReturnType<typeof memoryAnswerCache>;
  readonly time?: ReturnType<typeof manualTime>;
}

function setUp(script: Script, { answers = memoryAnswerCache(), time = manualTime(), ...options }: SetUp = {}) {
  const transport = scriptedTransport(script);
  const reads: CacheResult[] = [];
  const seen: SeenAnswer[] = [];
  const live: LiveAnswer[] = [];
  const client = createCivitaiClient({
    baseUrl: 'https://civitai.com',
    transport,
    ...time,
    random,
    cache: { answers, freshMs: () => 15 * MINUTE, onRead: (result) => reads.push(result) },
    onAnswer: (answer) => live.push(answer),
    ...options,
  });
  const telling = client.with({ onSeen: (one) => seen.push(one) });
  async function pass(ms: number): Promise<void> {
    await time.settle(time.sleep(ms, never));
  }
  return { client, telling, transport, answers, time, reads, seen, live, pass };
}

describe('a call with a store of answers', () => {
  it('asks the site once in a quarter of an hour, and says how old the answer is', async () => {
    const { telling, transport, reads, seen, live, pass } = setUp([model, model]);
    await telling.model(modelId(1), never);
    await pass(4 * MINUTE);
    assert.equal((await telling.model(modelId(1), never)).modelId, 1);
    assert.equal(transport.requests.length, 1);
    await pass(11 * MINUTE);
    await telling.model(modelId(1), never);
    assert.equal(transport.requests.length, 2);
    assert.deepEqual(reads, ['miss', 'hit', 'miss']);
    assert.deepEqual(
      seen.map(({ at, stored }) => [at, stored]),
      [
        ['2026-11-22T00:00:00.000Z', false],
        ['2026-11-22T00:00:00.000Z', true],
        ['2026-11-22T00:15:00.000Z', false],
      ],
    );
    assert.equal(live.length, 2, 'a stored answer is not news');
  });

  it('takes a question for the same when only the order of its parameters differs', async () => {
    const page = jsonAnswer({ items: [], metadata: {} });
    const { client, transport, time } = setUp([page, page]);
    await client.searchModels({ query: 'a', tag: 'b' }, never);
    await client.searchModels({ tag: 'b', query: 'a' }, never);
    assert.equal(transport.requests.length, 1);
    await time.settle(client.searchModels({ tag: 'b', query: 'c' }, never));
    assert.equal(transport.requests.length, 2);
  });

  it('asks the site in any case when refreshing, and keeps what came', async () => {
    const { client, transport, time } = setUp([model, jsonAnswer({ ...sampleModel(1), name: 'new' })]);
    await client.model(modelId(1), never);
    await time.settle(client.with({ refresh: true }).model(modelId(1), never));
    assert.equal((await client.model(modelId(1), never)).name, 'new');
    assert.equal(transport.requests.length, 2);
  });

  it('does not give one account what another was answered', async () => {
    const answers = memoryAnswerCache();
    const askers = [{}, { token: 'one' }, { token: 'two' }].map((options) => setUp([model], { answers, ...options }));
    for (const { client } of askers) await client.model(modelId(1), never);
    assert.equal(answers.kept.size, 3);
    const kept = JSON.stringify([...answers.kept]);
    assert.ok(!/one|two/.test(kept.replaceAll(model.body, '')));
  });

  it('asks "has it changed?" where the site gave something to ask with', async () => {
    const validated = jsonAnswer(sampleModel(1), 200, {
      etag: '"v1"',
      'last-modified': 'Sun, 22 Nov 2026 00:00:00 GMT',
    });
    const { telling, transport, reads, seen, pass } = setUp([validated, { status: 304 }]);
    await telling.model(modelId(1), never);
    await pass(16 * MINUTE);
    assert.equal((await telling.model(modelId(1), never)).modelId, 1);
    assert.equal(transport.requests[1]?.headers['if-none-match'], '"v1"');
    assert.equal(transport.requests[1]?.headers['if-modified-since'], 'Sun, 22 Nov 2026 00:00:00 GMT');
    await pass(14 * MINUTE);
    await telling.model(modelId(1), never);
    assert.equal(transport.requests.length, 2, 'a confirmed answer is fresh again');
    assert.deepEqual(reads, ['miss', 'confirmed', 'hit']);
    assert.equal(seen[1]?.stored, false);
  });

  it('keeps neither errors nor what may not be kept nor the state of an account', async () => {
    const unkept = jsonAnswer(sampleModel(1), 200, { 'cache-control': 'private, no-store' });
    const missing = jsonAnswer({ error: 'no' }, 404);
    const me = jsonAnswer({ id: 1, username: 'u' });
    const { client, answers, time } = setUp([unkept, missing, me], { token: 't' });
    await client.model(modelId(1), never);
    await assert.rejects(time.settle(client.model(modelId(2), never)), { code: 'civitai.not-found' });
    await time.settle(client.me(never));
    assert.equal(answers.kept.size, 0);
  });

  it('takes a damaged answer, or one from the future, for none', async () => {
    const { client, transport, answers, time } = setUp([model, model, model]);
    await client.model(modelId(1), never);
    const [key, stored] = [...answers.kept][0] ?? [];
    assert.ok(key !== undefined && stored !== undefined);
    await answers.write(key, { ...stored, body: stored.body.slice(0, 30) });
    await time.settle(client.model(modelId(1), never));
    await answers.write(key, { ...stored, at: time.clock.now() + MINUTE });
    await time.settle(client.model(modelId(1), never));
    assert.equal(transport.requests.length, 3);
  });

  it('asks once for two who ask at the same time, and lets one of them leave', async () => {
    const { client, transport, time } = setUp([model]);
    const leaving = new AbortController();
    const left = client.model(modelId(1), leaving.signal);
    const stays = client.model(modelId(1), never);
    leaving.abort();
    await assert.rejects(left, { code: 'kernel.interrupted' });
    assert.equal((await time.settle(stays)).modelId, 1);
    assert.equal(transport.requests.length, 1);
  });
});

describe('whoever listens to answers', () => {
  it('hears endpoint, status and body of good and bad answers, and cannot break a call', async () => {
    const heard: [string, number, boolean][] = [];
    const time = manualTime();
    const transport = scriptedTransport([model, { status: 502, body: '<html>' }, model]);
    const client = createCivitaiClient({
      baseUrl: 'https://civitai.com',
      transport,
      ...time,
      random,
      onAnswer: ({ endpoint, status, json }) => {
        heard.push([endpoint, status, json !== undefined]);
        throw new Error('listener');
      },
    });
    await client.model(modelId(1), never);
    await time.settle(client.model(modelId(1), never));
    assert.deepEqual(heard, [
      ['/models/:id', 200, true],
      ['/models/:id', 502, false],
      ['/models/:id', 200, true],
    ]);
  });
});

describe('a call under guard', () => {
  function guarded(script: Script, admissions: readonly Admission[], closedForMs: readonly number[] = []) {
    const time = manualTime();
    const transport = scriptedTransport(script);
    let asked = 0;
    let looked = 0;
    const guard = {
      admit: () => admissions[asked++] ?? assert.fail('asked too often'),
      closedForMs: () => closedForMs[looked++] ?? 0,
    };
    const client = createCivitaiClient({ baseUrl: 'https://civitai.com', transport, ...time, random, guard });
    return { client, transport, time };
  }

  function admission(outcomes: CallOutcome[]): Admission {
    return { admitted: true, report: (outcome) => outcomes.push(outcome) };
  }

  it('reports failures of the host, successes, and refusals for what they are', async () => {
    const cases: readonly (readonly [Script[number], string])[] = [
      [model, 'success'],
      [jsonAnswer({}, 404), 'refusal'],
      [jsonAnswer({}, 403), 'refusal'],
      [jsonAnswer({}, 429, { 'retry-after': '9999' }), 'refusal'],
      [{ status: 200, body: '<html>' }, 'failure'],
      [{ status: 502 }, 'failure'],
      [new Error('ECONNRESET'), 'failure'],
    ];
    for (const [step, expected] of cases) {
      const outcomes: CallOutcome[] = [];
      const { client, time } = guarded([step], [admission(outcomes)], [0, 60_000]);
      await time.settle(client.model(modelId(1), never).catch(() => undefined));
      assert.deepEqual(
        outcomes.map(({ kind }) => kind),
        [expected],
      );
    }
  });

  it('says when the next try comes instead of asking, and does not try again into a closed door', async () => {
    const closed = guarded([], [], [41_500]);
    await assert.rejects(closed.client.model(modelId(1), never), {
      kind: 'unavailable',
      code: 'civitai.circuit-open',
      params: { host: 'civitai.com', seconds: 42 },
      retryAfterMs: 41_500,
    });
    const late = guarded([], [{ admitted: false, retryAfterMs: 1000 }]);
    await assert.rejects(late.client.model(modelId(1), never), { code: 'civitai.circuit-open' });
    const opening = guarded([{ status: 502 }], [admission([])], [0, 60_000]);
    await assert.rejects(opening.time.settle(opening.client.model(modelId(1), never)), {
      code: 'civitai.server-error',
    });
    assert.equal(opening.transport.requests.length, 1);
  });
});
