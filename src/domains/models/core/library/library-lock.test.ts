import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { after, before, describe, it } from 'node:test';

import { systemClock } from '#kernel/clock';
import { acquireLock, lockOwner } from '#platform/files';

import { createLibraryLock } from './library-lock.ts';

describe('the lock of the library', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(`${tmpdir()}/kura-lock-`);
  });
  after(async () => rm(folder, { recursive: true, force: true }));

  function lockOf(waitMs: number) {
    return createLibraryLock({ folder, command: 'models get', clock: systemClock, waitMs: () => waitMs });
  }
  async function held() {
    return (await lockOwner(folder, 'library', systemClock))?.command;
  }
  /** Another lock in the same folder behaves like another process. */
  async function foreign() {
    const request = { folder, name: 'library', command: 'models verify', clock: systemClock, waitMs: 0 };
    return acquireLock(request);
  }

  it('is shared within the process and given back by the last user', async () => {
    const lock = lockOf(0);
    const [first, second] = await Promise.all([lock.acquire(), lock.acquire()]);
    await first[Symbol.asyncDispose]();
    assert.equal(await held(), 'models get');
    await second[Symbol.asyncDispose]();
    assert.equal(await held(), undefined);
    await using _again = await lock.acquire();
    assert.equal(await held(), 'models get');
  });

  it('names who has it when waiting was in vain, and can be tried again', async () => {
    const lock = lockOf(0);
    {
      await using _other = await foreign();
      await assert.rejects(lock.acquire(), { code: 'files.locked' });
    }
    await using _mine = await lock.acquire();
    assert.equal(await held(), 'models get');
  });

  it('waits as long as it takes when it has time, tells once, and gets it', async () => {
    const other = await foreign();
    const told: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = lockOf(0).acquire({
      patiently: true,
      onWait: ({ command }) => {
        told.push(command);
        resolve();
      },
    });
    await promise;
    await other[Symbol.asyncDispose]();
    await using _mine = await waiting;
    assert.deepEqual(told, ['models verify']);
  });

  it('lets one user give up waiting without taking it from another', async () => {
    const lock = lockOf(0);
    const other = await foreign();
    const stop = new AbortController();
    const patient = lock.acquire({ patiently: true });
    const hasty = lock.acquire({ signal: stop.signal });
    stop.abort(new Error('enough'));
    await assert.rejects(hasty, /enough/);
    await other[Symbol.asyncDispose]();
    await using _mine = await patient;
    assert.equal(await held(), 'models get');
  });

  it('stops waiting when nobody wants it any more', async () => {
    const stop = new AbortController();
    await using _other = await foreign();
    const lock = lockOf(0);
    const waiting = lock.acquire({ patiently: true, signal: stop.signal });
    stop.abort(new Error('enough'));
    await assert.rejects(waiting, /enough/);
    assert.equal(await held(), 'models verify');
  });
});
