import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { en as kernelEn } from '#kernel/messages/en';
import { ja as kernelJa } from '#kernel/messages/ja';
import { accessMessages, adminCaller, type Caller } from '#platform/access';
import type { Permission } from '#platform/contract';
import { createTranslators } from '#platform/i18n';
import { silentLogger } from '#platform/log';

import { createLiveHub, type LiveHub, type LiveHubDeps, liveMessages, onMessage } from './index.ts';

const translators = createTranslators([{ en: kernelEn, ja: kernelJa }, accessMessages, liveMessages]);

function caller(id: string, ...permissions: readonly Permission[]): Caller {
  return { ...adminCaller(), id, name: id, permissions: new Set<Permission>(['system:read', ...permissions]) };
}

/** Everybody is who their bearer says. */
async function hubOf(deps: Partial<LiveHubDeps> = {}) {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hub = await createLiveHub({
    server,
    logger: silentLogger,
    translators,
    authenticate: async ({ bearer }) => (bearer === undefined ? undefined : caller(bearer, 'models:read')),
    ...deps,
  });
  return { hub, url };
}

function connect(url: string, bearer?: string, auth: object = {}): Socket {
  const extraHeaders = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  return io(url, { reconnection: false, forceNew: true, transports: ['websocket'], auth, extraHeaders });
}

function heard(socket: Socket, topic: string): Promise<readonly unknown[]> {
  return new Promise((resolve) => socket.once(topic, (...said: unknown[]) => resolve(said)));
}

/** Comes after all that was sent before. */
async function settled(hub: LiveHub, socket: Socket): Promise<void> {
  const mark = heard(socket, 'system.mark');
  hub.broadcast('system:read', 'system.mark', {});
  await mark;
}

describe('createLiveHub', () => {
  it('lets only authenticated callers listen, and tells them what their permissions cover', async () => {
    const { hub, url } = await hubOf();
    const stranger = connect(url);
    await heard(stranger, 'connect_error');
    assert.equal(stranger.connected, false);

    const friend = connect(url, 'friend');
    await heard(friend, 'live.ready');
    const topics: string[] = [];
    friend.onAny((topic: string) => topics.push(topic));
    hub.broadcast('backups:read', 'backups.changed', {});
    hub.broadcast('models:read', 'downloads.progress', { percent: 5 });
    await settled(hub, friend);
    assert.deepEqual(topics, ['downloads.progress', 'system.mark']);
    friend.close();
    await hub[Symbol.asyncDispose]();
  });

  it('lets no page of another site listen in the name of who is logged in', async () => {
    const { hub, url } = await hubOf();
    for (const origin of ['https://evil.example', `${url}.evil.example`, 'http://127.0.0.1:1', 'null', '']) {
      const extraHeaders = { authorization: 'Bearer friend', origin };
      const foreign = io(url, { reconnection: false, forceNew: true, transports: ['websocket'], extraHeaders });
      await Promise.race([heard(foreign, 'connect_error'), heard(foreign, 'live.ready')]);
      assert.equal(foreign.connected, false, `a page of “${origin}”`);
      foreign.close();
    }
    const own = io(url, { forceNew: true, extraHeaders: { authorization: 'Bearer friend', origin: url } });
    await heard(own, 'live.ready');
    own.close();
    await hub[Symbol.asyncDispose]();
  });

  it('stops telling somebody what they may no longer read, and lets go of who may nothing', async () => {
    let mayStill: readonly Permission[] | undefined = ['models:read'];
    const passive: unknown[] = [];
    const { hub, url } = await hubOf({
      recheckMs: 20,
      authenticate: async (credentials) => {
        passive.push(credentials.passive);
        return mayStill === undefined ? undefined : caller('friend', ...mayStill);
      },
    });
    await using _hub = hub;
    const friend = connect(url);
    await heard(friend, 'live.ready');
    const topics: string[] = [];
    friend.onAny((topic: string) => topics.push(topic));

    mayStill = [];
    const asked = passive.length;
    while (passive.length < asked + 2) await new Promise((resolve) => setImmediate(resolve));
    hub.broadcast('models:read', 'downloads.progress', {});
    await settled(hub, friend);
    assert.deepEqual(topics, ['system.mark']);
    assert.deepEqual(new Set(passive.slice(1)), new Set([true]), 'which keeps no session alive');

    mayStill = undefined;
    await heard(friend, 'disconnect');
  });

  it('tells who comes back what they missed and may hear, and says so when it no longer knows', async () => {
    const { hub, url } = await hubOf({ from: 40 });
    await using _hub = hub;
    hub.broadcast('models:read', 'models.placed', { file: 1 }, 41);
    hub.broadcast('backups:read', 'backups.ran', {}, 42);
    hub.broadcast('models:read', 'models.progress', {});
    hub.broadcast('models:read', 'models.placed', { file: 2 }, 43);

    async function told(after: number): Promise<readonly unknown[]> {
      const friend = connect(url, 'friend', { after });
      const all: unknown[] = [];
      friend.onAny((topic: string, payload: unknown) => all.push([topic, payload]));
      await heard(friend, 'live.ready');
      friend.close();
      return all;
    }
    const ready = ['live.ready', { position: 43 }];
    const second = ['models.placed', { file: 2 }];
    assert.deepEqual(await told(41), [second, ready]);
    assert.deepEqual(await told(40), [['models.placed', { file: 1 }], second, ready]);
    assert.deepEqual(await told(39), [['live.missed', undefined], ready]);
    assert.deepEqual(await told(43), [ready]);
  });

  it('shows who has something open, to those who have it open and may see it', async () => {
    const { hub, url } = await hubOf({ mayWatch: async ({ id }) => id !== 'outsider' });
    await using _hub = hub;
    const subject = 'knowledge-entry:7';
    const [ann, ben, outsider] = ['ann', 'ben', 'outsider'].map((name) => connect(url, name)) as [
      Socket,
      Socket,
      Socket,
    ];
    async function enter(socket: Socket, mode: string): Promise<unknown> {
      return socket.emitWithAck('presence.enter', { id: `enter-${mode}-1`, subject, mode });
    }
    const both = [
      { id: 'ben', name: 'ben', mode: 'editing' },
      { id: 'ann', name: 'ann', mode: 'reading' },
    ];
    const [, alone] = both;
    assert.deepEqual(await enter(ann, 'reading'), { ok: true, value: { subject, people: [alone] } });
    const changed = heard(ann, 'presence.changed');
    assert.deepEqual(await enter(ben, 'editing'), { ok: true, value: { subject, people: both } });
    assert.deepEqual(await changed, [{ subject, people: both }]);
    const { code } = z.object({ ok: z.literal(false), code: z.string() }).parse(await enter(outsider, 'reading'));
    assert.equal(code, 'live.subject-unknown');

    const heardOfEntry: unknown[] = [];
    outsider.on('subject.changed', () => heardOfEntry.push(1));
    const saved = heard(ann, 'subject.changed');
    hub.changed(subject);
    assert.deepEqual(await saved, [{ subject, gone: false }, null]);
    await settled(hub, outsider);
    assert.deepEqual(heardOfEntry, []);

    const left = heard(ann, 'presence.changed');
    ben.close();
    assert.deepEqual(await left, [{ subject, people: [alone] }]);
    for (const socket of [ann, outsider]) socket.close();
  });

  it('carries a message out once however often it comes, and says in the language of the sender why not', async () => {
    let carriedOut = 0;
    const message = z.strictObject({ id: z.string().min(8), text: z.string() });
    const { hub, url } = await hubOf({
      messages: [
        onMessage({
          topic: 'notes.add',
          permission: 'models:read',
          schema: message,
          handle: async ({ text }, { caller: { name } }) => {
            carriedOut += 1;
            if (text === 'fails at first' && carriedOut === 3) throw new Error('not now');
            return `${name}: ${text} ${carriedOut}`;
          },
        }),
        onMessage({
          topic: 'notes.remove',
          permission: 'models:write',
          schema: message,
          handle: async () => assert.fail('not allowed'),
        }),
      ],
    });
    await using _hub = hub;
    const [ann, ben] = [connect(url, 'ann'), connect(url, 'ben')];
    const note = { id: 'note-0001', text: 'hello' };
    const answers = await Promise.all([1, 2, 3].map(() => ann.emitWithAck('notes.add', note) as Promise<unknown>));
    assert.deepEqual(
      answers,
      Array.from({ length: 3 }, () => ({ ok: true, value: 'ann: hello 1' })),
    );
    assert.deepEqual(await ben.emitWithAck('notes.add', note), { ok: true, value: 'ben: hello 2' });
    const refused = z.object({ code: z.string(), title: z.string() });
    assert.equal(refused.parse(await ann.emitWithAck('notes.remove', note)).code, 'access.permission-missing');
    assert.equal(refused.parse(await ann.emitWithAck('notes.add', 'x')).code, 'live.bad-message');
    assert.equal(carriedOut, 2);
    const shaky = { id: 'note-0002', text: 'fails at first' };
    assert.equal(refused.parse(await ann.emitWithAck('notes.add', shaky)).code, 'kernel.unexpected');
    assert.deepEqual(await ann.emitWithAck('notes.add', shaky), { ok: true, value: 'ann: fails at first 4' });
    for (const socket of [ann, ben]) socket.close();
  });
});
