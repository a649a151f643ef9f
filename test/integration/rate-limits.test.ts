/** Rate limits over HTTP (P-051), and what they are worth when Redis is slow, gone, or shared by two nodes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';

import { connectRedisBuckets } from '#adapters/redis-buckets';
import { KuraError } from '#kernel/errors';
import { accessMessages, adminCaller } from '#platform/access';
import type { Config } from '#platform/config';
import { defineRoute, type RateClass } from '#platform/contract';
import { createHttpServer, httpMessages, implement } from '#platform/http';
import { createTranslators } from '#platform/i18n';
import { silentLogger } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import { createMemoryBuckets, createRateLimits, createSharedBuckets } from '#platform/rate-limits';
import { unlessInstalled } from '#stand-ins/child-server';
import { redisProgram, startRedis } from '#stand-ins/redis';

const clock = { now: () => 0, monotonic: () => performance.now() };
const minute = { capacity: 5, periodMs: 60_000 };
const limits: Config['limits'] = {
  apiPerMinute: 60,
  loginPerMinute: 5,
  passwordResetPerHour: 3,
  uploadsPerHour: 60,
  reportsPerHour: 20,
  ingestPerHour: 6000,
};

function route(id: string, path: string, limit: RateClass, access: 'models:read' | 'public') {
  const output = z.object({});
  const body = z.object({ fault: z.string().optional() }).optional();
  const who = access === 'public' ? { public: 'a route of this test' } : access;
  return defineRoute({ id: `test.${id}`, method: 'POST', path, access: who, limit, body, output });
}

const routes = [
  route('read', '/read', 'api', 'models:read'),
  route('open', '/open', 'api', 'public'),
  route('login', '/login', 'login', 'public'),
  route('probe', '/probe', 'none', 'public'),
];

async function start(buckets = createMemoryBuckets({ now: () => 0, monotonic: () => 0 })) {
  const server = await createHttpServer({
    handlers: routes.map((one) =>
      implement(one, async ({ body }) => {
        if (body?.fault === 'guess') throw new KuraError('unauthenticated', 'access.login-required');
        if (body?.fault === 'typing') throw new KuraError('invalid', 'http.bad-request');
        return {};
      }),
    ),
    authenticate: async ({ bearer }) => {
      if (bearer === undefined) return undefined;
      if (!bearer.startsWith('good')) throw new KuraError('unauthenticated', 'access.login-required');
      return { ...adminCaller(), id: bearer };
    },
    limits: createRateLimits(buckets, () => limits),
    translators: createTranslators([httpMessages, accessMessages]),
    defaultLanguage: 'en',
    logger: silentLogger,
    metrics: createMetrics(),
    stopping: new AbortController().signal,
  });
  async function ask(url: string, { bearer, from = '192.0.2.1', fault }: Asked = {}) {
    const answer = await server.inject({
      method: 'POST',
      url,
      remoteAddress: from,
      headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
      payload: fault === undefined ? {} : { fault },
    });
    const { headers, statusCode: status } = answer;
    return { status, headers, limit: headers['ratelimit'], body: answer.json() };
  }
  async function statuses(times: number, url: string, asked: Asked = {}) {
    const seen: number[] = [];
    for (let index = 0; index < times; index += 1) seen.push((await ask(url, asked)).status);
    return seen;
  }
  return { ask, statuses, [Symbol.asyncDispose]: () => server.close() };
}

interface Asked {
  readonly bearer?: string;
  readonly from?: string;
  readonly fault?: 'guess' | 'typing';
}

describe('rate limits over HTTP', () => {
  it('are told in each answer, and refuse with the time to wait', async () => {
    await using site = await start();
    const first = await site.ask('/read', { bearer: 'good' });
    assert.equal(first.headers['ratelimit-policy'], '"api";q=60;w=60');
    assert.equal(first.limit, '"api";r=59;t=1');
    assert.deepEqual(new Set(await site.statuses(59, '/read', { bearer: 'good' })), new Set([200]));
    const refused = await site.ask('/read', { bearer: 'good' });
    assert.deepEqual([refused.status, refused.body.code], [429, 'http.too-many-requests']);
    assert.deepEqual([refused.headers['retry-after'], refused.limit], ['1', '"api";r=0;t=60']);
    assert.match(refused.body.detail, /^Wait 1 s/);
  });

  it('count each credential by itself, wherever it comes from; strangers and wrong credentials by address', async () => {
    await using site = await start();
    await site.statuses(60, '/read', { bearer: 'good-a' });
    assert.equal((await site.ask('/read', { bearer: 'good-a', from: '198.51.100.9' })).status, 429);
    assert.equal((await site.ask('/read', { bearer: 'good-b' })).status, 200, 'another credential, same address');
    assert.deepEqual(new Set(await site.statuses(40, '/read', { bearer: 'wrong' })), new Set([401]));
    assert.deepEqual(new Set(await site.statuses(20, '/open')), new Set([200]));
    assert.equal((await site.ask('/read', { bearer: 'wrong' })).status, 429);
    assert.equal((await site.ask('/open')).status, 429);
    assert.equal((await site.ask('/open', { from: '198.51.100.9' })).status, 200);
    assert.equal(
      (await site.ask('/read', { bearer: 'good-b' })).status,
      200,
      'who is known is not held up by strangers',
    );
  });

  it('take all addresses of one IPv6 customer for one', async () => {
    await using site = await start();
    for (let host = 0; host < 5; host += 1) await site.ask('/login', { from: `2001:db8:1:2::${host}`, fault: 'guess' });
    assert.equal((await site.ask('/login', { from: '2001:db8:1:2:ffff::1', fault: 'guess' })).status, 429);
    assert.equal((await site.ask('/login', { from: '2001:db8:1:3::1', fault: 'guess' })).status, 401);
  });

  it('let nobody guess more than five times a minute, and never hold up who is right or mistyped', async () => {
    await using site = await start();
    assert.deepEqual(new Set(await site.statuses(20, '/login')), new Set([200]));
    assert.deepEqual(new Set(await site.statuses(20, '/login', { fault: 'typing' })), new Set([422]));
    const seen = await site.statuses(7, '/login', { fault: 'guess' });
    assert.deepEqual(seen, [401, 401, 401, 401, 401, 429, 429]);
    assert.equal((await site.ask('/login')).status, 429, 'not even the right one tells that it was right');
  });

  it('leave probes alone', async () => {
    await using site = await start();
    assert.deepEqual(new Set(await site.statuses(200, '/probe')), new Set([200]));
    assert.equal((await site.ask('/probe')).limit, undefined);
  });
});

describe('rate limits in Redis', { skip: unlessInstalled('redis-server', redisProgram()) }, () => {
  async function open(url: string, patienceMs = 20_000) {
    const shared = connectRedisBuckets({ url, reportError: () => undefined, patienceMs });
    await until(() =>
      shared.take('warm', minute).then(
        () => true,
        () => false,
      ),
    );
    return shared;
  }

  it('are one bucket for two nodes, also when both ask at once', async () => {
    await using redis = await startRedis();
    await using first = await open(redis.url);
    await using second = await open(redis.url);
    const taken = await Promise.all(
      Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? first : second).take('login:x', minute)),
    );
    assert.equal(taken.filter(({ admitted }) => admitted).length, 5);
    const refused = await second.take('login:x', minute);
    assert.ok(!refused.admitted && refused.retryAfterMs > 0 && refused.retryAfterMs <= 12_000);
    await first.giveBack('login:x', minute);
    assert.equal((await second.take('login:x', minute)).admitted, true);
  });

  it('count in this process while Redis is gone, say so, and are shared again when it is back', async () => {
    const redis = await startRedis();
    await using shared = await open(redis.url);
    let now = 0;
    const own = createMemoryBuckets(clock);
    const buckets = createSharedBuckets({
      shared,
      own,
      clock: { now: () => 0, monotonic: () => now },
      logger: silentLogger,
    });
    const { signal } = new AbortController();
    assert.equal((await buckets.take('a', minute)).remaining, 4);
    assert.equal((await buckets.probe.run(signal)).state, 'ok');
    await redis.kill();
    for (let left = 4; left >= 0; left -= 1) assert.equal((await buckets.take('a', minute)).remaining, left);
    assert.equal((await buckets.take('a', minute)).admitted, false, 'still limited');
    assert.match((await buckets.probe.run(signal)).detail, /each node counts by itself/);
    await using _back = await startRedis(Number(new URL(redis.url).port));
    await until(async () => {
      now += 5000;
      await buckets.take('b', minute);
      return (await buckets.probe.run(signal)).state === 'ok';
    });
  });

  it('do not keep requests waiting for a Redis that hangs', async () => {
    await using redis = await startRedis();
    await using shared = connectRedisBuckets({ url: redis.url, reportError: () => undefined, patienceMs: 100 });
    await until(() =>
      shared.take('warm', minute).then(
        () => true,
        () => false,
      ),
    );
    let asked = 0;
    const counted = {
      ...shared,
      take: (key: string, bucket: typeof minute) => ((asked += 1), shared.take(key, bucket)),
    };
    const buckets = createSharedBuckets({
      shared: counted,
      own: createMemoryBuckets(clock),
      clock: { now: () => 0, monotonic: () => 1 },
      logger: silentLogger,
    });
    redis.hang();
    const levels = [];
    for (let index = 0; index < 20; index += 1) levels.push(await buckets.take('x', minute));
    redis.goOn();
    assert.equal(levels.filter(({ admitted }) => admitted).length, 5);
    assert.equal(asked, 1, 'the first waited its tenth of a second, the others did not ask');
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
