import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { sha256 } from '#kernel/brands';
import { isKuraError, KuraError } from '#kernel/errors';

import type { CallLimits } from './calls/api-caller.ts';
import type { RequestLogEntry } from './calls/request-log.ts';
import type { OnWait } from './calls/wait.ts';
import { createCivitaiClient } from './create-civitai-client.ts';
import { fileId, modelId, versionId } from './ids.ts';
import { collect } from './testing/collect.ts';
import { manualTime } from './testing/manual-time.ts';
import { mutatedJson } from './testing/mutated-json.ts';
import { sampleModel, sampleVersion } from './testing/sample-model.ts';
import { jsonAnswer, type Script, scriptedTransport } from './testing/scripted-transport.ts';

const never = new AbortController().signal;

interface SetUp {
  readonly baseUrl?: string;
  readonly token?: string;
  readonly limits?: Partial<CallLimits>;
  readonly onWait?: OnWait;
}

function setUp(script: Script, options: SetUp = {}) {
  const time = manualTime();
  const transport = scriptedTransport(script);
  const log: RequestLogEntry[] = [];
  const random = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0.5 };
  const client = createCivitaiClient({
    baseUrl: 'https://civitai.com',
    transport,
    clock: time.clock,
    sleep: time.sleep,
    random,
    onRequest: (entry) => log.push(entry),
    ...options,
  });
  return { client, transport, time, log };
}

const onePage = jsonAnswer({ items: [sampleModel(1)], metadata: {} });

describe('createCivitaiClient', () => {
  it('appends /api/v1 where it is missing and only there', async () => {
    const bases = [
      'https://civitai.com',
      'https://civitai.com/',
      'https://civitai.com/api/v1/',
      'https://civitai.com/api',
    ];
    for (const baseUrl of bases) {
      const { client, transport } = setUp([onePage], { baseUrl });
      await client.searchModels({}, never);
      assert.equal(transport.requests[0]?.url, 'https://civitai.com/api/v1/models');
      assert.equal(client.downloadUrl(versionId(2), fileId(3)), 'https://civitai.com/api/download/models/2?fileId=3');
    }
    assert.throws(() => setUp([], { baseUrl: 'civitai.com' }), { code: 'civitai.base-url-invalid' });
  });

  it('percent-encodes cursors and text', async () => {
    const { client, transport } = setUp([onePage]);
    await client.searchModels({ query: 'a&b 和', cursor: '41291|348916|4468' }, never);
    const url = new URL(transport.requests[0]?.url ?? '');
    assert.equal(url.searchParams.get('query'), 'a&b 和');
    assert.match(url.search, /cursor=41291%7C348916%7C4468/);
  });

  it('sends the token in the header over https and on this machine, nowhere else', async () => {
    const cases = [
      ['https://civitai.com', 'sent', 'Bearer sesame'],
      ['http://127.0.0.1:1234', 'sent', 'Bearer sesame'],
      ['http://192.168.1.5:1234', 'withheld', undefined],
    ] as const;
    for (const [baseUrl, tokenUse, header] of cases) {
      const { client, transport, log } = setUp([onePage], { baseUrl, token: ' sesame ' });
      await client.searchModels({ query: 'x' }, never);
      assert.equal(client.tokenUse, tokenUse);
      assert.equal(transport.requests[0]?.headers['authorization'], header);
      assert.ok(!JSON.stringify(log).includes('sesame'));
      assert.equal(log[0]?.tokenSent, header !== undefined);
    }
  });

  it('follows a redirect on the same host with the token, and to another host without it', async () => {
    const { client, transport, time } = setUp(
      [
        { status: 308, headers: { location: '/api/v2/models/1' } },
        { status: 302, headers: { location: 'https://evil.example/models/1' } },
        { status: 307, headers: { location: 'https://civitai.com/api/v3/models/1' } },
        jsonAnswer(sampleModel(1)),
      ],
      { token: 't' },
    );
    await time.settle(client.model(modelId(1), never));
    assert.deepEqual(
      transport.requests.map(({ url, headers }) => [url, headers['authorization']]),
      [
        ['https://civitai.com/api/v1/models/1', 'Bearer t'],
        ['https://civitai.com/api/v2/models/1', 'Bearer t'],
        ['https://evil.example/models/1', undefined],
        ['https://civitai.com/api/v3/models/1', undefined],
      ],
    );
  });

  it('does not follow a redirect down to plain http, with a body to another host, or for ever', async () => {
    const plain = setUp([{ status: 301, headers: { location: 'http://civitai.com/api/v1/models' } }]);
    await assert.rejects(plain.time.settle(plain.client.searchModels({}, never)), {
      code: 'civitai.redirected',
      params: { host: 'civitai.com', path: '/models', status: 301, detail: '' },
    });
    const elsewhere = setUp([{ status: 308, headers: { location: 'https://evil.example/' } }]);
    const asked = elsewhere.client.versionsByHashes([sha256('a'.repeat(64))], never);
    await assert.rejects(elsewhere.time.settle(asked), { code: 'civitai.redirected' });
    const round = setUp(Array.from({ length: 6 }, () => ({ status: 302, headers: { location: '/api/v1/models' } })));
    await assert.rejects(round.time.settle(round.client.searchModels({}, never)), { code: 'civitai.redirected' });
    assert.deepEqual(
      [plain, elsewhere, round].map(({ transport }) => transport.requests.length),
      [1, 1, 6],
    );
  });

  it('refuses questions about the account before asking, when there is none', async () => {
    const { client, transport } = setUp([]);
    await assert.rejects(client.searchModels({ favorites: true }, never), { code: 'civitai.token-needed' });
    await assert.rejects(client.me(never), { code: 'civitai.token-needed' });
    assert.equal(transport.requests.length, 0);
  });

  it('tells with each page what was sent, what was not, and what was skipped', async () => {
    const { client } = setUp([jsonAnswer({ items: [null, sampleModel(1)], metadata: { nextCursor: 7 } })]);
    const page = await client.searchModels({ tag: 'style', allowNoCredit: true }, never);
    assert.deepEqual(
      page.items.map((model) => model.modelId),
      [1],
    );
    assert.deepEqual(page.skipped, [{ index: 0, id: null, reason: 'not-an-object', raw: null }]);
    assert.deepEqual(page.sentParameters, [{ name: 'tag', value: 'style' }]);
    assert.equal(page.notSent[0]?.name, 'allowNoCredit');
    assert.equal(page.nextCursor, '7');
  });

  it('does not take an answer without a list for the end of the results', async () => {
    for (const answer of [{}, { items: null }, [], null, 'x']) {
      const { client } = setUp([jsonAnswer(answer)]);
      await assert.rejects(client.searchModels({}, never), { code: 'civitai.answer-unreadable' });
    }
  });

  it('recognises a page of HTML with status 200, and a body that was cut short', async () => {
    const login = { body: '<!DOCTYPE html>', headers: { 'content-type': 'text/html' } };
    const { client, transport, time } = setUp([login, { ...onePage, body: onePage.body.slice(0, 20) }]);
    await assert.rejects(time.settle(client.model(modelId(1), never)), { code: 'civitai.not-json' });
    assert.equal(transport.requests.length, 2, 'what may have been an accident is tried once more');
  });

  it('takes the cursor out of nextPage where an old server sends only that', async () => {
    const metadata = { nextPage: 'https://civitai.com/api/v1/models?token=x&cursor=3%7C41%7C18' };
    const { client } = setUp([jsonAnswer({ items: [], metadata })]);
    assert.equal((await client.searchModels({}, never)).nextCursor, '3|41|18');
  });

  it('walks all pages with everything but the cursor unchanged', async () => {
    const { client, transport, time } = setUp([
      jsonAnswer({ items: [sampleModel(1), sampleModel(2)], metadata: { nextCursor: 'a|b' } }),
      jsonAnswer({ items: [sampleModel(2), sampleModel(3)], metadata: {} }),
    ]);
    const steps = await time.settle(collect(client.modelPages({ types: ['LORA'], limit: 2 }, never)));
    assert.deepEqual(
      steps.map((step) => step.kind),
      ['page', 'page', 'end'],
    );
    assert.deepEqual(
      transport.requests.map(({ url }) => new URL(url).search),
      ['?limit=2&types=LORA', '?limit=2&types=LORA&cursor=a%7Cb'],
    );
  });

  it('looks hashes up in blocks, each hash and each version once', async () => {
    const hashes = Array.from({ length: 150 }, (_, index) => sha256(index.toString(16).padStart(64, '0')));
    const { client, transport, time } = setUp([
      jsonAnswer([sampleVersion(5), null, sampleVersion(5)]),
      jsonAnswer([sampleVersion(6)]),
    ]);
    const found = await time.settle(client.versionsByHashes([...hashes, ...hashes], never));
    assert.deepEqual(
      found.items.map((version) => version.versionId),
      [5, 6],
    );
    assert.equal(found.skipped.length, 1);
    assert.deepEqual(
      transport.requests.map(({ body }) => JSON.parse(body ?? '').length),
      [100, 50],
    );
    assert.equal(transport.requests[0]?.headers['content-type'], 'application/json');
  });

  it('asks nothing for no hashes', async () => {
    const { client } = setUp([]);
    assert.deepEqual(await client.versionIdsByHashes([], never), { items: [], skipped: [] });
  });

  it('answers an unknown hash with null and an unknown model with an error', async () => {
    const miss = jsonAnswer({ error: 'Model not found' }, 404);
    const { client, transport, time } = setUp([miss, miss]);
    assert.equal(await client.versionByHash('ABCD1234', never), null);
    await assert.rejects(time.settle(client.model(modelId(9), never)), {
      kind: 'not-found',
      code: 'civitai.not-found',
    });
    assert.equal(transport.requests.length, 2, 'a 404 is not tried again');
  });

  it('answers a bent page with items or a KuraError, nothing else', async () => {
    const sample = {
      items: [sampleModel(1), sampleModel(2)],
      metadata: { nextCursor: 'a|b|1', nextPage: 'https://civitai.com/?cursor=1' },
    };
    await fc.assert(
      fc.asyncProperty(mutatedJson(sample), async (bent) => {
        const { client } = setUp([jsonAnswer(bent)]);
        try {
          const page = await client.searchModels({}, never);
          assert.ok(page.nextCursor === null || page.nextCursor.length > 0);
        } catch (error) {
          assert.ok(isKuraError(error) && error.code === 'civitai.answer-unreadable', String(error));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a call that fails', () => {
  it('is tried again after a server error, then succeeds', async () => {
    const { client, log, time } = setUp([jsonAnswer({ error: 'overloaded' }, 503, { 'retry-after': '2' }), onePage]);
    await time.settle(client.searchModels({}, never));
    assert.deepEqual(
      log.map(({ status, attempt, errorCode, retryInMs }) => [status, attempt, errorCode, retryInMs]),
      [
        [503, 1, 'civitai.server-error', 2250],
        [200, 2, null, null],
      ],
    );
    assert.equal(time.clock.monotonic(), 2250);
  });

  it('is tried again after the network broke, four times in all', async () => {
    const broken = new Error('ECONNRESET');
    const { client, transport, time } = setUp([broken, broken, broken, broken]);
    await assert.rejects(time.settle(client.searchModels({}, never)), { code: 'civitai.unreachable', cause: broken });
    assert.equal(transport.requests.length, 4);
  });

  it('is tried again when the transport says so in its own words, and not when it refuses', async () => {
    const down = new KuraError('unavailable', 'outbound.unreachable');
    const refused = new KuraError('refused', 'outbound.address-refused');
    const { client, transport, time } = setUp([down, refused]);
    await assert.rejects(time.settle(client.searchModels({}, never)), refused);
    assert.equal(transport.requests.length, 2);
  });

  it('is not tried again after an error of the asker', async () => {
    for (const status of [400, 401, 403, 404, 405, 410, 451]) {
      const { client, transport, time } = setUp([jsonAnswer({ error: 'no' }, status)]);
      await assert.rejects(time.settle(client.searchModels({}, never)), isKuraError);
      assert.equal(transport.requests.length, 1, String(status));
    }
  });

  it('is not tried again when too many pages were asked for', async () => {
    const refusal = { error: "You've requested too many pages, please use cursors instead" };
    const { client, transport, time } = setUp([jsonAnswer(refusal, 429)]);
    await assert.rejects(time.settle(client.searchModels({}, never)), isKuraError);
    assert.equal(transport.requests.length, 1);
  });

  it('is tried again for a page that is broken, in case the list has moved on', async () => {
    const broken = jsonAnswer({ message: 'An unexpected error occurred', error: 'URI malformed' }, 500);
    const { client, transport, time } = setUp([broken, broken, broken]);
    await assert.rejects(time.settle(client.searchModels({}, never)), { code: 'civitai.page-broken' });
    assert.equal(transport.requests.length, 3);
  });

  it('makes every caller on the host wait out a 429', async () => {
    const limited = jsonAnswer({ error: 'slow down' }, 429, { 'retry-after': '60' });
    const { client, transport, time } = setUp([limited, onePage, onePage]);
    const sentAt: number[] = [];
    const send = transport.send.bind(transport);
    transport.send = async (request) => {
      sentAt.push(time.clock.monotonic());
      return send(request);
    };
    await time.settle(Promise.all([client.searchModels({}, never), client.searchModels({ query: 'x' }, never)]));
    assert.equal(sentAt.length, 3);
    assert.ok(
      sentAt.slice(1).every((at) => at >= 60_000),
      sentAt.join(', '),
    );
  });

  it('gives up at once when asked to stay away for an hour, and says so', async () => {
    const { client, transport, time } = setUp([jsonAnswer({}, 429, { 'retry-after': '3600' })]);
    await assert.rejects(time.settle(client.searchModels({}, never)), { kind: 'limit', retryAfterMs: 3_600_000 });
    assert.equal(transport.requests.length, 1);
  });

  it('respects the number of attempts and the time it may take', async () => {
    const limited = jsonAnswer({}, 429);
    const few = setUp([limited, limited], { limits: { maxAttempts: 2 } });
    await assert.rejects(few.time.settle(few.client.searchModels({}, never)), { code: 'civitai.rate-limited' });
    const short = setUp([limited, limited], { limits: { budgetMs: 5000 } });
    await assert.rejects(short.time.settle(short.client.searchModels({}, never)), { code: 'civitai.rate-limited' });
    assert.ok(short.time.clock.monotonic() < 5000);
  });

  it('is asked once only of whoever would rather know at once, and tells the others which try comes next', async () => {
    const told: unknown[] = [];
    const broken = new Error('ECONNRESET');
    const { client, transport, time } = setUp([broken, broken, broken, broken, broken], {
      onWait: ({ cause, next }) => told.push([cause, next]),
    });
    await assert.rejects(time.settle(client.with({ tries: 1 }).model(modelId(1), never)), {
      code: 'civitai.unreachable',
    });
    assert.deepEqual([transport.requests.length, told], [1, []]);
    await assert.rejects(time.settle(client.model(modelId(1), never)), { code: 'civitai.unreachable' });
    assert.equal(transport.requests.length, 5);
    assert.deepEqual(told.slice(-2), [
      ['retry', { attempt: 3, of: 4 }],
      ['retry', { attempt: 4, of: 4 }],
    ]);
  });

  it('ends with interrupted when aborted, in the request and in the wait', async () => {
    const reason = { kind: 'interrupted', code: 'kernel.interrupted' };
    const during = setUp([new Error('socket closed')]);
    await assert.rejects(during.client.searchModels({}, AbortSignal.abort()), reason);
    assert.equal(during.transport.requests.length, 0);

    const controller = new AbortController();
    const waiting = setUp([jsonAnswer({}, 503)]);
    const call = waiting.client.searchModels({}, controller.signal);
    call.catch(() => undefined);
    while (waiting.time.slept.length === 0) await new Promise(setImmediate);
    controller.abort();
    await assert.rejects(call, reason);
  });

  it('calls a silent server a time-out', async () => {
    const { client, transport, time } = setUp([], { limits: { timeoutMs: 5, maxAttempts: 1 } });
    transport.send = async ({ signal }) =>
      new Promise((_, reject) => {
        const alive = setTimeout(() => undefined, 10_000);
        signal.addEventListener('abort', () => {
          clearTimeout(alive);
          reject(signal.reason);
        });
      });
    await assert.rejects(client.searchModels({}, never), { code: 'civitai.timeout' });
    assert.equal(time.slept.length, 0);
  });
});
