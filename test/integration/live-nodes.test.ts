/** Live updates of two nodes of one installation over Redis, and of one node that Redis has left. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { io, type Socket } from 'socket.io-client';

import { connectRedisFanOut } from '#adapters/redis-live';
import { accessMessages, adminCaller } from '#platform/access';
import { createTranslators } from '#platform/i18n';
import { createLiveHub, liveMessages } from '#platform/live';
import { silentLogger } from '#platform/log';
import { unlessInstalled } from '#stand-ins/child-server';
import { redisProgram, startRedis } from '#stand-ins/redis';

const subject = 'knowledge-entry:7';

/** @param patienceMs how long a node waits for the other: it answers, however slow the machine is, unless Redis is gone */
async function openNode(redisUrl: string, { installation = 'ours', patienceMs = 30_000 } = {}) {
  await using stack = new AsyncDisposableStack();
  const fanOut = stack.use(
    connectRedisFanOut({ url: redisUrl, installation, reportError: () => undefined, patienceMs }),
  );
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hub = stack.use(
    await createLiveHub({
      server,
      logger: silentLogger,
      translators: createTranslators([accessMessages, liveMessages]),
      authenticate: async ({ bearer = '' }) => ({ ...adminCaller(), id: bearer, name: bearer }),
      mayWatch: async () => true,
      fanOut: fanOut.adapter,
    }),
  );
  await fanOut.connected;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const owned = stack.move();
  /** @param topics what is told from the first moment on */
  async function join(name: string, after?: number, topics: string[] = []): Promise<Socket> {
    const headers = { authorization: `Bearer ${name}` };
    const socket = io(url, { forceNew: true, transports: ['websocket'], extraHeaders: headers, auth: { after } });
    owned.defer(() => void socket.close());
    socket.onAny((topic: string) => topics.push(topic));
    await heard(socket, 'live.ready');
    return socket;
  }
  return { hub, join, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function heard(socket: Socket, topic: string): Promise<readonly unknown[]> {
  return new Promise((resolve) => socket.once(topic, (...said: unknown[]) => resolve(said)));
}

function enter(socket: Socket, mode: string): Promise<{ readonly value?: { readonly people: readonly unknown[] } }> {
  return socket.emitWithAck('presence.enter', { id: `enter-${mode}`, subject, mode });
}

describe('two nodes', { skip: unlessInstalled('redis-server', redisProgram()) }, () => {
  it('tell the same events to all, know together who is there, and tell another installation nothing', async () => {
    await using redis = await startRedis();
    await using first = await openNode(redis.url);
    await using second = await openNode(redis.url);
    await using stranger = await openNode(redis.url, { installation: 'another' });
    const [ann, ben, eve] = [await first.join('ann'), await second.join('ben'), await stranger.join('eve')];
    const foreign: unknown[] = [];
    eve.onAny((topic: string) => foreign.push(topic));

    const [here, there] = [heard(ann, 'models.placed'), heard(ben, 'models.placed')];
    first.hub.broadcast('models:read', 'models.placed', { file: 1 }, 5);
    assert.deepEqual(await Promise.all([here, there]), [
      [{ file: 1 }, 5],
      [{ file: 1 }, 5],
    ]);
    const missed: string[] = [];
    await second.join('late', 4, missed);
    assert.deepEqual(missed, ['models.placed', 'live.ready']);

    await enter(ann, 'reading');
    const seenByAnn = heard(ann, 'presence.changed');
    assert.equal((await enter(ben, 'editing')).value?.people.length, 2);
    assert.match(JSON.stringify(await seenByAnn), /"name":"ben","mode":"editing".*"name":"ann"/);
    const left = heard(ben, 'presence.changed');
    ann.close();
    assert.deepEqual(await left, [{ subject, people: [{ id: 'ben', name: 'ben', mode: 'editing' }] }]);
    assert.deepEqual(foreign, []);
  });

  it('go on each by themselves when Redis is gone', async () => {
    const redis = await startRedis();
    await using first = await openNode(redis.url, { patienceMs: 300 });
    await using second = await openNode(redis.url, { patienceMs: 300 });
    const [ann, ben] = [await first.join('ann'), await second.join('ben')];
    await redis.kill();
    await redis[Symbol.asyncDispose]();
    const here = heard(ann, 'models.placed');
    first.hub.broadcast('models:read', 'models.placed', { file: 2 }, 6);
    assert.deepEqual(await here, [{ file: 2 }, 6]);
    assert.equal((await enter(ben, 'editing')).value?.people.length, 1);
    assert.equal((await enter(ann, 'reading')).value?.people.length, 1);
  });
});
