import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { io } from 'socket.io-client';

import { adminCaller } from '#platform/access';
import type { Permission } from '#platform/contract';
import { silentLogger } from '#platform/log';

import { createLiveHub } from './live-hub.ts';

describe('createLiveHub', () => {
  it('lets only authenticated callers listen, and tells them what their permissions cover', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const hub = createLiveHub({
      server,
      logger: silentLogger,
      authenticate: async ({ bearer }) =>
        bearer === 'good' ? { ...adminCaller(), permissions: new Set(['system:read', 'models:read']) } : undefined,
    });
    const stranger = io(url, { reconnection: false });
    await new Promise((resolve) => stranger.once('connect_error', resolve));
    assert.equal(stranger.connected, false);

    const friend = io(url, { reconnection: false, extraHeaders: { authorization: 'Bearer good' } });
    await new Promise<void>((resolve) => friend.once('connect', resolve));
    const heard: string[] = [];
    friend.onAny((topic: string) => heard.push(topic));
    hub.broadcast('backups:read', 'backups.changed', {});
    hub.broadcast('models:read', 'downloads.progress', { percent: 5 });
    await new Promise((resolve) => friend.once('downloads.progress', resolve));
    assert.deepEqual(heard, ['downloads.progress']);
    friend.close();
    stranger.close();
    await hub[Symbol.asyncDispose]();
  });

  it('stops telling somebody what they may no longer read, and lets go of who may nothing', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    let mayStill: readonly Permission[] | undefined = ['system:read', 'models:read'];
    const passive: unknown[] = [];
    await using hub = createLiveHub({
      server,
      logger: silentLogger,
      recheckMs: 20,
      authenticate: async (credentials) => {
        passive.push(credentials.passive);
        return mayStill === undefined ? undefined : { ...adminCaller(), permissions: new Set(mayStill) };
      },
    });
    const friend = io(url, { reconnection: false });
    await new Promise<void>((resolve) => friend.once('connect', resolve));
    const heard: string[] = [];
    friend.onAny((topic: string) => heard.push(topic));

    mayStill = ['system:read'];
    const asked = passive.length;
    while (passive.length < asked + 2) await new Promise((resolve) => setImmediate(resolve));
    hub.broadcast('models:read', 'downloads.progress', {});
    hub.broadcast('system:read', 'system.changed', {});
    await new Promise((resolve) => friend.once('system.changed', resolve));
    assert.deepEqual(heard, ['system.changed']);
    assert.deepEqual(new Set(passive.slice(1)), new Set([true]), 'which keeps no session alive');

    mayStill = undefined;
    await new Promise((resolve) => friend.once('disconnect', resolve));
  });
});
