import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';
import type { KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';

import { createMemoryStorage } from '../testing/memory-storage.ts';
import { acquireWriterLock, isStale, thisProcess } from './writer-lock.ts';

const never = new AbortController().signal;

function deps(host = 'here') {
  let now = Date.UTC(2026, 10, 22);
  const clock = { now: () => now, monotonic: () => 0 };
  return { storage: createMemoryStorage(), clock, random: systemRandom, host, pass: (ms: number) => void (now += ms) };
}

describe('the writer lock', () => {
  it('keeps a second writer out and says who holds it', async () => {
    const shared = deps();
    await using _ = await acquireWriterLock(shared, 'backup', never);
    await assert.rejects(acquireWriterLock(shared, 'backup', never), (error: KuraError) => {
      assert.equal(error.code, 'vault.locked');
      assert.deepEqual([error.params['pid'], error.params['host']], [process.pid, 'here']);
      return true;
    });
    assert.equal(shared.storage.values.size, 1, 'the refused writer leaves nothing behind');
  });

  it('is free again after disposal', async () => {
    const shared = deps();
    await (await acquireWriterLock(shared, 'backup', never))[Symbol.asyncDispose]();
    await using _ = await acquireWriterLock(shared, 'backup', never);
    assert.equal(shared.storage.values.size, 1);
  });

  it('of another machine holds for ten minutes after its last heartbeat', async () => {
    const shared = deps('there');
    await acquireWriterLock(shared, 'backup', never);
    shared.pass(9 * MINUTE);
    await assert.rejects(acquireWriterLock({ ...shared, host: 'here' }, 'backup', never));
    shared.pass(2 * MINUTE);
    await using _ = await acquireWriterLock({ ...shared, host: 'here' }, 'backup', never);
    assert.equal(shared.storage.values.size, 1, 'the stale lock is gone');
  });

  it('is stale at once when its process on this machine is dead, or its pid belongs to another process now', () => {
    const self = thisProcess('here');
    const heartbeatAt = '2026-11-22T00:00:00.000Z';
    const now = Date.parse(heartbeatAt);
    assert.equal(isStale({ ...self, heartbeatAt }, self, now), false);
    assert.equal(isStale({ ...self, pid: 0x3fffff, heartbeatAt }, self, now), true);
    assert.equal(isStale({ ...self, processStart: '1', heartbeatAt }, self, now), true);
  });

  it('of a container with the same host name but other processes is judged by its heartbeat', () => {
    const self = thisProcess('here');
    const heartbeatAt = '2026-11-22T00:00:00.000Z';
    const other = { ...self, pid: 0x3fffff, processSpace: 'another namespace', heartbeatAt };
    assert.equal(isStale(other, self, Date.parse(heartbeatAt) + MINUTE), false);
    assert.equal(isStale(other, self, Date.parse(heartbeatAt) + 11 * MINUTE), true);
  });

  it('is asked once more before something final', async () => {
    const shared = deps();
    await using lock = await acquireWriterLock(shared, 'backup', never);
    await lock.confirm();
    shared.storage.values.clear();
    await assert.rejects(lock.confirm(), (error: KuraError) => error.code === 'vault.lock-lost');
  });

  it('tells its holder when somebody took it away', async (test) => {
    test.mock.timers.enable({ apis: ['setInterval'] });
    const shared = deps();
    await using lock = await acquireWriterLock(shared, 'backup', never);
    shared.storage.values.clear();
    const lost = new Promise((resolve) => lock.lost.addEventListener('abort', resolve));
    test.mock.timers.tick(MINUTE);
    await lost;
    assert.equal((lock.lost.reason as KuraError).code, 'vault.lock-lost');
  });
});
