import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { en as kernelEn } from '#kernel/messages/en';
import { ja as kernelJa } from '#kernel/messages/ja';
import { MIB } from '#kernel/units';
import { accessMessages, adminCaller } from '#platform/access';
import { defineRoute, streamedFile } from '#platform/contract';
import { createTranslators } from '#platform/i18n';
import { type Logger, silentLogger } from '#platform/log';
import { createMetrics } from '#platform/metrics';

import { createHttpServer } from './http-server.ts';
import { httpMessages, implement, nameFile, openApiDocument } from './index.ts';
import { collectHeaders } from './route-handler.ts';

const echo = defineRoute({
  id: 'test.echo',
  method: 'POST',
  path: '/api/v1/echo/:id',
  access: 'models:write',
  params: z.strictObject({ id: z.coerce.number().int() }),
  query: z.strictObject({ tag: z.array(z.string()).optional() }),
  body: z.strictObject({ name: z.string().min(2) }),
  output: z.object({ id: z.number(), name: z.string(), tags: z.array(z.string()) }),
  status: 201,
});
const takesMuch = defineRoute({
  id: 'test.takes-much',
  method: 'POST',
  path: '/much',
  access: 'models:write',
  body: z.strictObject({ list: z.string() }),
  bodyBytes: 9 * MIB,
  output: z.object({ length: z.number() }),
});
const fails = defineRoute({
  id: 'test.fails',
  method: 'GET',
  path: '/fails',
  access: { public: 'test' },
  output: z.object({}),
});
const streams = defineRoute({
  id: 'test.streams',
  method: 'GET',
  path: '/streams',
  access: { public: 'test' },
  query: z.strictObject({ breaks: z.enum(['at once', 'later', 'never']) }),
  output: streamedFile,
});
async function* pieces(breaks: string) {
  if (breaks === 'at once') throw busy;
  yield 'one';
  yield '';
  if (breaks === 'later') throw new Error('half a file');
  yield Buffer.from('二');
}
const translators = createTranslators([
  { en: kernelEn, ja: kernelJa },
  httpMessages,
  accessMessages,
  {
    en: {
      'x.busy': 'Busy.',
      'x.busy.advice': 'Come back.',
      'route.test.echo': 'Echo',
      'route.test.takes-much': 'Much',
      'route.test.fails': 'Fails',
      'route.test.streams': 'Streams',
    },
    ja: {
      'x.busy': '混雑中です。',
      'x.busy.advice': '後ほどどうぞ。',
      'route.test.echo': '反響',
      'route.test.takes-much': '大量',
      'route.test.fails': '失敗',
      'route.test.streams': '流れ',
    },
  },
]);

const busy = new KuraError('limit', 'x.busy', { retryAfterMs: 1500 });

function server(logger: Logger = silentLogger, failure: Error = busy) {
  return createHttpServer({
    handlers: [
      implement(echo, async ({ params, query, body }) => ({
        id: params.id,
        name: body.name,
        tags: query.tag ?? [],
        secret: 'never promised by the contract',
      })),
      implement(takesMuch, async ({ body }) => ({ length: body.list.length })),
      implement(streams, async ({ query }, { reply }) => {
        reply.header('content-type', 'text/csv');
        return pieces(query.breaks);
      }),
      implement(fails, async () => {
        throw failure;
      }),
    ],
    authenticate: async ({ bearer }) => (bearer === 'good' ? adminCaller() : undefined),
    translators,
    defaultLanguage: 'en',
    logger,
    metrics: createMetrics(),
    stopping: new AbortController().signal,
  });
}

const good = { authorization: 'Bearer good' };

describe('createHttpServer', () => {
  it('denies by default: no caller, no answer', async () => {
    const response = await (await server()).inject({ method: 'POST', url: '/api/v1/echo/1', payload: { name: 'xy' } });
    assert.equal(response.statusCode, 401);
    assert.match(String(response.headers['content-type']), /^application\/problem\+json/);
    assert.equal(response.json().code, 'access.login-required');
  });

  it('gives the handler parsed input and strips from its output what was not promised', async () => {
    const response = await (await server()).inject({
      method: 'POST',
      url: '/api/v1/echo/7?tag=a',
      payload: { name: 'xy' },
      headers: good,
    });
    assert.equal(response.statusCode, 201);
    assert.deepEqual(response.json(), { id: 7, name: 'xy', tags: ['a'] });
  });

  it('names every faulty field at once', async () => {
    const response = await (await server()).inject({
      method: 'POST',
      url: '/api/v1/echo/x?no=1',
      payload: { name: 'x' },
      headers: good,
    });
    assert.equal(response.statusCode, 422);
    assert.deepEqual(
      response.json().errors.map((one: { path: string }) => one.path),
      ['params.id', 'query', 'body.name'],
    );
  });

  it('speaks the language of the caller and says when to come back', async () => {
    const response = await (await server()).inject({ url: '/fails', headers: { 'accept-language': 'ja' } });
    assert.equal(response.statusCode, 429);
    assert.equal(response.headers['retry-after'], '2');
    assert.equal(response.json().title, '混雑中です。');
    assert.equal(response.json().detail, '後ほどどうぞ。');
  });

  it('notes an error nobody expected in the log, and tells the caller no more than its id', async () => {
    const noted: unknown[][] = [];
    const logger: Logger = { ...silentLogger, error: (...entry) => void noted.push(entry) };
    const response = await (await server(logger, new TypeError('the inside of the machine'))).inject({ url: '/fails' });
    assert.equal(response.statusCode, 500);
    assert.doesNotMatch(response.body, /inside of the machine/);
    const [[code, error] = []] = noted;
    assert.equal(code, 'http.failed');
    assert.equal((error as KuraError).id, response.json().errorId);
  });

  it('sends a file piece by piece, and breaks the connection off with it', async (test) => {
    const running = await server();
    test.after(() => running.close());
    const base = await running.listen({ host: '127.0.0.1', port: 0 });
    const whole = await fetch(`${base}/streams?breaks=never`);
    assert.deepEqual([whole.headers.get('content-type'), await whole.text()], ['text/csv', 'one二']);
    const refused = await fetch(`${base}/streams?breaks=at%20once`);
    assert.match(refused.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.match(await refused.text(), /x\.busy/);
    const half = await fetch(`${base}/streams?breaks=later`);
    await assert.rejects(half.text(), 'half a file must not look like a whole one');
  });

  it('names a file so that no name can say anything else', () => {
    const { headers, reply } = collectHeaders();
    nameFile({ reply }, { name: `a"b\\c\r\n罠 50%'.json\ud800`, mediaType: 'application/json' });
    const disposition = Object.fromEntries(headers)['content-disposition'];
    assert.equal(
      disposition,
      `attachment; filename="a_b_c___ 50_'.json_"; filename*=UTF-8''a%22b%5Cc%0D%0A%E7%BD%A0%2050%25%27.json%EF%BF%BD`,
    );
  });

  it('refuses a write that another site made the browser send', async () => {
    const headers = { origin: 'https://evil.example', cookie: 'kura_session=abc', host: 'kura.local' };
    const response = await (await server()).inject({
      method: 'POST',
      url: '/api/v1/echo/1',
      payload: { name: 'xy' },
      headers,
    });
    assert.equal(response.json().code, 'access.foreign-origin');
  });

  it('answers broken JSON and unknown paths with problem details', async () => {
    const broken = await (await server()).inject({
      method: 'POST',
      url: '/api/v1/echo/1',
      payload: '{',
      headers: { ...good, 'content-type': 'application/json' },
    });
    assert.equal(broken.json().code, 'http.bad-request');
    const lost = await (await server()).inject({ url: '/nowhere' });
    assert.equal(lost.statusCode, 404);
    assert.equal(lost.json().code, 'http.no-route');
  });

  it('echoes what a caller names its requests by, where it is a name, and its own id otherwise', async () => {
    const one = await server();
    for (const [given, isEchoed] of [
      ['night-run.7', true],
      ['x'.repeat(65), false],
      ['<b>', false],
    ] as const) {
      const { headers } = await one.inject({ url: '/nowhere', headers: { 'x-correlation-id': given } });
      assert.equal(headers['x-correlation-id'], isEchoed ? given : headers['x-request-id']);
      assert.notEqual(headers['x-request-id'], given);
    }
  });

  it('repeats no markup of an address that is sent as no browser would', async () => {
    const running = await server();
    const { port } = new URL(await running.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.end(`GET /<script>alert('1')</script>" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    const answer = await text(socket);
    await running.close();
    assert.match(answer, /^HTTP\/1.1 404[^]+"instance":"\/%3cscript%3ealert\('1'\)%3c\/script%3e%22"/);
    assert.doesNotMatch(answer, /<script/);
  });

  it('takes long bodies where the contract says so, and nowhere else', async () => {
    const one = await server();
    async function status(url: string, payload: object): Promise<readonly [number, string | undefined]> {
      const response = await one.inject({ method: 'POST', url, payload, headers: good });
      return [response.statusCode, response.json().code];
    }
    const list = 'x'.repeat(8.5 * MIB);
    assert.deepEqual(await status('/much', { list }), [200, undefined]);
    assert.deepEqual(await status('/much', { list: list.repeat(2) }), [422, 'http.body-too-large']);
    assert.deepEqual(await status('/api/v1/echo/1', { name: list }), [422, 'http.body-too-large']);
  });

  it('leaves nothing on a connection that serves many requests', async () => {
    const warnings: Error[] = [];
    function note(warning: Error): void {
      warnings.push(warning);
    }
    process.on('warning', note);
    const kept = new Agent({ keepAlive: true, maxSockets: 1 });
    const running = await server();
    const origin = await running.listen({ host: '127.0.0.1', port: 0 });
    for (let request = 0; request < 15; request += 1) assert.equal(await statusOf(`${origin}/fails`, kept), 429);
    kept.destroy();
    await running.close();
    process.off('warning', note);
    assert.deepEqual(warnings, []);
  });
});

async function statusOf(url: string, agent: Agent): Promise<number | undefined> {
  const [answer]: IncomingMessage[] = await once(get(url, { agent }), 'response');
  answer?.resume();
  if (answer !== undefined) await once(answer, 'end');
  return answer?.statusCode;
}

describe('openApiDocument', () => {
  it('describes each contract with its permission', () => {
    const document = JSON.parse(JSON.stringify(openApiDocument([echo, fails], translators.ja, '1'))) as {
      paths: Record<string, Record<string, Record<string, unknown>>>;
    };
    const operation = document.paths['/api/v1/echo/{id}']?.['post'];
    assert.equal(operation?.['summary'], '反響');
    assert.equal(operation?.['x-kura-permission'], 'models:write');
    assert.equal(document.paths['/fails']?.['get']?.['x-kura-public'], 'test');
  });
});
