import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';
import { DAY, MINUTE } from '#kernel/units';
import { forEachDatabase } from '#stand-ins/databases';

import {
  createIdempotency,
  type Idempotency,
  idempotencyMigrations,
  type KeptAnswer,
  readIdempotencyKey,
} from './index.ts';

const created: KeptAnswer = { headers: [['location', '/things/1']], payload: { id: 1, name: '祭り' } };
const request = { caller: 'user:mika', key: 'k-1', asked: '["things.create",{"name":"a"}]' };

/** Opens only where it was sealed, as the real one does. */
const secrets = {
  seal: (context: string, text: string) => JSON.stringify([context, text]),
  async open(context: string, sealed: string) {
    const [place, text] = JSON.parse(sealed) as [string, string];
    assert.equal(place, context);
    return text;
  },
};

forEachDatabase((databases) => {
  async function open() {
    const database = await databases.open(idempotencyMigrations);
    const bench = { now: 1_800_000_000_000, runs: 0 };
    const clock = { now: () => bench.now, monotonic: () => bench.now };
    function reportError(error: unknown): void {
      throw error;
    }
    const idempotency = createIdempotency({ database, clock, secrets, reportError });
    async function carryOut(): Promise<KeptAnswer> {
      bench.runs += 1;
      return created;
    }
    function once(...asked: Parameters<Idempotency['once']>) {
      return idempotency.once(...asked);
    }
    return Object.assign(bench, { once, carryOut, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() });
  }

  it('carries a request out once and gives its answer again for a day', async () => {
    await using bench = await open();
    assert.deepEqual(await bench.once(request, bench.carryOut), { ...created, replayed: false });
    bench.now += DAY - 1;
    assert.deepEqual(await bench.once(request, bench.carryOut), { ...created, replayed: true });
    assert.equal(bench.runs, 1);
    bench.now += 1;
    assert.equal((await bench.once(request, bench.carryOut)).replayed, false);
    assert.equal(bench.runs, 2);
  });

  it('refuses a key with another request, and knows the same key of somebody else as another', async () => {
    await using bench = await open();
    await bench.once(request, bench.carryOut);
    const other = { ...request, asked: '["things.create",{"name":"b"}]' };
    await assert.rejects(bench.once(other, bench.carryOut), { code: 'idempotency.other-request' });
    assert.equal((await bench.once({ ...other, caller: 'key:2' }, bench.carryOut)).replayed, false);
    assert.equal(bench.runs, 2);
  });

  it('begins only one of many that come at once', async () => {
    await using bench = await open();
    const { promise: gate, resolve } = Promise.withResolvers<void>();
    const codes: string[] = [];
    async function send(): Promise<void> {
      try {
        await bench.once(request, () => gate.then(bench.carryOut));
        codes.push('done');
      } catch (error) {
        codes.push((error as KuraError).code);
        if (codes.length === 7) resolve();
      }
    }
    await Promise.all(Array.from({ length: 8 }, send));
    assert.deepEqual(codes, [...Array.from({ length: 7 }, () => 'idempotency.in-progress'), 'done']);
    assert.equal(bench.runs, 1);
    assert.equal((await bench.once(request, bench.carryOut)).replayed, true);
  });

  it('frees the key of what failed, and never repeats what may have been done', async () => {
    await using bench = await open();
    async function failing(error: unknown) {
      await bench.once(request, async () => {
        throw error;
      });
    }
    await assert.rejects(failing(new KuraError('unavailable', 'x.busy')), { code: 'x.busy' });
    await assert.rejects(failing(new KuraError('invalid', 'x.wrong')), { code: 'x.wrong' });
    await assert.rejects(failing(new KuraError('unavailable', 'db.commit-unknown')), { code: 'db.commit-unknown' });
    await assert.rejects(bench.once(request, bench.carryOut), { code: 'idempotency.answer-lost' });
    const second = { ...request, key: 'k-2' };
    await assert.rejects(
      bench.once(second, () => Promise.reject(new TypeError('a fault of ours'))),
      TypeError,
    );
    await assert.rejects(bench.once(second, bench.carryOut), { code: 'idempotency.answer-lost' });
    assert.equal(bench.runs, 0);
  });

  it('says after a while that a request was interrupted, and keeps no answer that is too long', async () => {
    await using bench = await open();
    const { promise: never } = Promise.withResolvers<KeptAnswer>();
    const begun = Promise.withResolvers<void>();
    void bench.once(request, () => {
      begun.resolve();
      return never;
    });
    await begun.promise;
    await assert.rejects(bench.once(request, bench.carryOut), { code: 'idempotency.in-progress' });
    bench.now += 10 * MINUTE;
    await assert.rejects(bench.once(request, bench.carryOut), { code: 'idempotency.answer-lost' });
    const second = { ...request, key: 'k-2' };
    const long = { headers: [], payload: 'x'.repeat(1024 * 1024) };
    assert.equal((await bench.once(second, async () => long)).payload, long.payload);
    await assert.rejects(bench.once(second, bench.carryOut), { code: 'idempotency.answer-lost' });
    assert.equal(bench.runs, 0);
  });

  it('answers what was carried out also when its answer cannot be sealed, and reports why', async () => {
    await using database = await databases.open(idempotencyMigrations);
    const reported: unknown[] = [];
    const fault = new Error('no key');
    const failing = {
      ...secrets,
      seal: () => {
        throw fault;
      },
    };
    const idempotency = createIdempotency({
      database,
      clock: { now: () => 1_800_000_000_000, monotonic: () => 0 },
      secrets: failing,
      reportError: (error) => reported.push(error),
    });
    assert.deepEqual(await idempotency.once(request, async () => created), { ...created, replayed: false });
    assert.deepEqual(reported, [fault]);
  });

  it('keeps no cookies', async () => {
    await using bench = await open();
    const opened: KeptAnswer = {
      headers: [
        ['set-cookie', 'kura_session=secret'],
        ['x', 'y'],
      ],
      payload: undefined,
    };
    assert.deepEqual((await bench.once(request, async () => opened)).headers, opened.headers);
    assert.deepEqual((await bench.once(request, bench.carryOut)).headers, [['x', 'y']]);
  });
});

describe('readIdempotencyKey', () => {
  it('takes bare and quoted keys, and refuses what is no key', () => {
    assert.equal(readIdempotencyKey(undefined), undefined);
    assert.equal(readIdempotencyKey('8e03978e-40d5-43dd-bc93-6894a57f9324'), '8e03978e-40d5-43dd-bc93-6894a57f9324');
    assert.equal(readIdempotencyKey(' "a-b" '), 'a-b');
    assert.equal(readIdempotencyKey('x'.repeat(255))?.length, 255);
    for (const wrong of ['', '""', 'a b', 'ä', 'a"b', 'x'.repeat(256), ['a', 'b']]) {
      assert.throws(() => readIdempotencyKey(wrong), { code: 'idempotency.bad-key' }, String(wrong));
    }
  });
});
