import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { systemClock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { acquireLock, lockOwner } from './process-lock.ts';

describe('acquireLock', () => {
  let folder: string;
  function request(extra: { waitMs?: number; command?: string } = {}) {
    return { folder, name: 'library', command: 'kura test', clock: systemClock, waitMs: 0, ...extra };
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kura-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lets one in, tells the second who it is, and lets the second in afterwards', async () => {
    const first = await acquireLock(request({ command: 'kura models get' }));
    await assert.rejects(acquireLock(request()), (error: unknown) => {
      assert.ok(error instanceof KuraError);
      assert.equal(error.code, 'files.locked');
      assert.equal(error.params['command'], 'kura models get');
      assert.equal(error.params['pid'], process.pid);
      return true;
    });
    await first[Symbol.asyncDispose]();
    const second = await acquireLock(request());
    assert.equal((await lockOwner(folder, 'library', systemClock))?.pid, process.pid);
    await second[Symbol.asyncDispose]();
    assert.equal(existsSync(join(folder, 'library.lock')), false);
  });

  it('waits for the holder and goes on when it lets go', async () => {
    const first = await acquireLock(request());
    let waitedFor = '';
    const pending = acquireLock({ ...request({ waitMs: 10_000 }), onWait: (owner) => (waitedFor = owner.command) });
    setTimeout(() => void first[Symbol.asyncDispose](), 50);
    await using _second = await pending;
    assert.equal(waitedFor, 'kura test');
  });

  it('takes over from a process that was killed, also when its pid lives again', async () => {
    const child = spawn('sleep', ['60']);
    const owner = { id: 'x', pid: child.pid, host: hostname(), command: 'kura serve', since: '2026', started: '' };
    writeFileSync(join(folder, 'library.lock'), JSON.stringify(owner));
    await assert.rejects(acquireLock(request()), /files.locked/);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    await (await acquireLock(request()))[Symbol.asyncDispose]();

    writeFileSync(
      join(folder, 'library.lock'),
      JSON.stringify({ ...owner, pid: process.pid, started: 'another life' }),
    );
    await using _lock = await acquireLock(request());
  });

  it('trusts the heartbeat of another host for ten minutes', async () => {
    const path = join(folder, 'library.lock');
    writeFileSync(
      path,
      JSON.stringify({ id: 'x', pid: 1, host: 'elsewhere', command: 'c', since: '2026', started: '' }),
    );
    await assert.rejects(acquireLock(request()), /files.locked/);
    const old = Date.now() / 1000 - 601;
    utimesSync(path, old, old);
    await using _lock = await acquireLock(request());
    assert.match(readFileSync(path, 'utf8'), new RegExp(hostname()));
  });

  it('never lets two in when many find the same stale lock', async () => {
    writeFileSync(
      join(folder, 'library.lock'),
      JSON.stringify({ id: 'x', pid: 2 ** 22 + 1, host: hostname(), command: 'c', since: '2026', started: '' }),
    );
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquireLock(request())));
    assert.equal(results.filter((one) => one.status === 'fulfilled').length, 1);
  });
});
