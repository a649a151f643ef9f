import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createSingleFlight } from './single-flight.ts';

const never = new AbortController().signal;

function setUp() {
  const started: { readonly signal: AbortSignal; land(result: string): void; crash(error: Error): void }[] = [];
  async function work(signal: AbortSignal): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    started.push({ signal, land: resolve, crash: reject });
    return promise;
  }
  return { flights: createSingleFlight<string>(), started, work };
}

describe('createSingleFlight', () => {
  it('does the work once for all who ask while it is under way, and again afterwards', async () => {
    const { flights, started, work } = setUp();
    const both = Promise.all([flights.join('a', never, work), flights.join('a', never, work)]);
    const other = flights.join('b', never, work);
    started[0]?.land('x');
    started[1]?.land('y');
    assert.deepEqual(await both, ['x', 'x']);
    assert.equal(await other, 'y');
    const again = flights.join('a', never, work);
    started[2]?.land('z');
    assert.equal(await again, 'z');
  });

  it('goes on for those who stay when one leaves', async () => {
    const { flights, started, work } = setUp();
    const leaving = new AbortController();
    const left = flights.join('a', leaving.signal, work);
    const stays = flights.join('a', never, work);
    leaving.abort(new Error('gone'));
    await assert.rejects(left, { message: 'gone' });
    assert.equal(started[0]?.signal.aborted, false);
    started[0]?.land('x');
    assert.equal(await stays, 'x');
  });

  it('gives up the work when nobody waits any more, and starts anew for the next', async () => {
    const { flights, started, work } = setUp();
    const leaving = new AbortController();
    const left = flights.join('a', leaving.signal, work);
    leaving.abort(new Error('gone'));
    await assert.rejects(left, { message: 'gone' });
    assert.equal(started[0]?.signal.aborted, true);
    const next = flights.join('a', never, work);
    started[1]?.land('new');
    assert.equal(await next, 'new');
  });

  it('tells everybody of a failure and does not remember it', async () => {
    const { flights, started, work } = setUp();
    const both = Promise.allSettled([flights.join('a', never, work), flights.join('a', never, work)]);
    started[0]?.crash(new Error('down'));
    assert.deepEqual(
      (await both).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    const again = flights.join('a', never, work);
    started[1]?.land('up');
    assert.equal(await again, 'up');
  });

  it('starts nothing for somebody who has left already', async () => {
    const { flights, started, work } = setUp();
    await assert.rejects(flights.join('a', AbortSignal.abort(new Error('gone')), work), { message: 'gone' });
    assert.equal(started.length, 0);
  });
});
