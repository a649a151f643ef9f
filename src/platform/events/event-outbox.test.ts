import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import { instant } from '#kernel/brands';
import { systemClock, systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import {
  createEventOutbox,
  defineEvent,
  type EventOutbox,
  eventMigrations,
  onEvent,
  type PublishedEvent,
  type Subscriber,
} from '#platform/events';
import { forEachDatabase } from '#stand-ins/databases';

const placed = defineEvent({ name: 'kit.file-placed', schema: z.object({ n: z.number() }) });
const removed = defineEvent({ name: 'kit.file-removed', schema: z.object({ n: z.number() }) });

class Bench implements AsyncDisposable {
  readonly database: Database;
  readonly outbox: EventOutbox;
  readonly errors: unknown[] = [];

  constructor(database: Database, pollMs = 20) {
    this.database = database;
    this.outbox = this.anotherProcess(pollMs);
  }

  /** An outbox of its own on the same database hears of commits by polling only. */
  anotherProcess(pollMs = 20): EventOutbox {
    return createEventOutbox({
      database: this.database,
      clock: systemClock,
      random: systemRandom,
      reportError: (error) => this.errors.push(error),
      pollMs,
    });
  }

  async hasCursor(subscriber: string): Promise<boolean> {
    const tables = this.database.tables<{ kura_event_cursors: { subscriber: string } }>();
    const found = tables.selectFrom('kura_event_cursors').select('subscriber').where('subscriber', '=', subscriber);
    return (await found.executeTakeFirst()) !== undefined;
  }

  async publish(...numbers: number[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const n of numbers) this.outbox.publish(tx, placed, { n });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.database[Symbol.asyncDispose]();
  }
}

function collector(name: string, into: number[], options: Partial<Subscriber> = {}): Subscriber {
  return {
    name,
    reactions: [
      onEvent(placed, async ({ payload }) => {
        into.push(payload.n);
      }),
    ],
    retryMs: 5,
    ...options,
  };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'it did not happen within a minute');
    await sleep(5);
  }
}

forEachDatabase((databases) => {
  async function open(pollMs?: number): Promise<Bench> {
    return new Bench(await databases.open(eventMigrations), pollMs);
  }

  describe('publishing', () => {
    it('reaches subscribers when the transaction commits, and not when it is taken back', async () => {
      await using bench = await open();
      const seen: number[] = [];
      await using _subscription = bench.outbox.subscribe(collector('s', seen));
      await assert.rejects(
        bench.database.transaction(async (tx) => {
          bench.outbox.publish(tx, placed, { n: 1 });
          throw new Error('no');
        }),
      );
      await bench.publish(2);
      await until(() => seen.length > 0);
      assert.deepEqual(seen, [2]);
    });

    it('wakes subscribers of this process without waiting for the poll', async () => {
      await using bench = await open(60_000);
      const seen: number[] = [];
      await using _subscription = bench.outbox.subscribe(collector('s', seen));
      await bench.publish(1);
      await until(() => seen.length === 1);
      await bench.publish(2);
      await until(() => seen.length === 2);
    });

    it('reaches subscribers of other processes', async () => {
      await using bench = await open();
      const seen: number[] = [];
      await using _subscription = bench.anotherProcess().subscribe(collector('s', seen));
      await bench.publish(1);
      await until(() => seen.length === 1);
    });

    it('refuses a payload that the definition does not allow', async () => {
      await using bench = await open();
      const wrong = defineEvent({ name: placed.name, schema: z.object({ n: z.number().max(0) }) });
      await assert.rejects(
        bench.database.transaction(async (tx) => bench.outbox.publish(tx, wrong, { n: 1 })),
        (error) => isKuraError(error) && error.code === 'events.bad-payload',
      );
    });

    it('by many at once loses nothing: a cursor never passes an event that commits later', async () => {
      await using bench = await open(1);
      const seen: number[] = [];
      await using _subscription = bench.outbox.subscribe(collector('s', seen));
      const all = Array.from({ length: 60 }, (_, n) => n);
      await Promise.all(
        all.map(async (n) =>
          bench.database.transaction(
            async (tx) => {
              bench.outbox.publish(tx, placed, { n });
              // Holds the position before the commit, some longer than others that come later.
              tx.beforeCommit(() => sleep((n * 7) % 11));
            },
            { isolation: 'read-committed' },
          ),
        ),
      );
      await until(() => seen.length >= all.length);
      assert.deepEqual(
        seen.toSorted((a, b) => a - b),
        all,
      );
    });
  });

  describe('a subscriber', () => {
    it('gets the events of its definitions in order, each with its envelope', async () => {
      await using bench = await open();
      const seen: [number, string, number][] = [];
      async function note(event: PublishedEvent<{ n: number }>): Promise<void> {
        seen.push([event.position, event.name, event.payload.n]);
      }
      await using _subscription = bench.outbox.subscribe({
        name: 's',
        reactions: [onEvent(placed, note), onEvent(removed, note)],
      });
      await bench.database.transaction(async (tx) => {
        bench.outbox.publish(tx, placed, { n: 1 });
        bench.outbox.publish(tx, removed, { n: 2 });
        bench.outbox.publish(tx, placed, { n: 3 });
      });
      await until(() => seen.length === 3);
      assert.deepEqual(
        seen.map(([, name, n]) => [name, n]),
        [
          [placed.name, 1],
          [removed.name, 2],
          [placed.name, 3],
        ],
      );
      const positions = seen.map(([position]) => position);
      assert.deepEqual(
        positions,
        positions.toSorted((a, b) => a - b),
      );
    });

    it('goes on after a restart where it stopped', async () => {
      await using bench = await open();
      const seen: number[] = [];
      await bench.publish(1, 2);
      const first = bench.outbox.subscribe(collector('s', seen));
      await until(() => seen.length === 2);
      await first[Symbol.asyncDispose]();
      await bench.publish(3);
      await using _second = bench.anotherProcess().subscribe(collector('s', seen));
      await until(() => seen.length === 3);
      assert.deepEqual(seen, [1, 2, 3]);
    });

    it('new to old events gets them all, or none when it starts from now', async () => {
      await using bench = await open();
      await bench.publish(1);
      const all: number[] = [];
      const fresh: number[] = [];
      await using _all = bench.outbox.subscribe(collector('all', all));
      await until(() => all.length === 1);
      await using _fresh = bench.outbox.subscribe(collector('fresh', fresh, { from: 'now' }));
      await until(async () => bench.hasCursor('fresh'));
      await bench.publish(2);
      await until(() => fresh.length > 0 && all.length === 2);
      assert.deepEqual(fresh, [2]);
    });

    it('that fails tries again with the same event and holds up nobody else', async () => {
      await using bench = await open();
      const sound: number[] = [];
      const shaky: number[] = [];
      let failures = 3;
      await using _sound = bench.outbox.subscribe(collector('sound', sound));
      await using _shaky = bench.outbox.subscribe({
        name: 'shaky',
        retryMs: 60,
        reactions: [
          onEvent(placed, async ({ payload }) => {
            if (payload.n === 2 && failures > 0) {
              failures -= 1;
              throw new Error('not yet');
            }
            shaky.push(payload.n);
          }),
        ],
      });
      await bench.publish(1, 2, 3);
      await until(() => sound.length === 3 && shaky.length === 3);
      assert.deepEqual(shaky, [1, 2, 3]);
      assert.equal(bench.errors.length, 3);
    });

    it('parks an event that fails for ever and goes on with the next', async () => {
      await using bench = await open();
      const seen: number[] = [];
      await using _subscription = bench.outbox.subscribe({
        name: 's',
        retryMs: 1,
        maxFailures: 3,
        reactions: [
          onEvent(placed, async ({ payload }) => {
            if (payload.n === 1) throw new Error('poison');
            seen.push(payload.n);
          }),
        ],
      });
      await bench.publish(1, 2);
      await until(() => seen.length === 1);
      const parked = await bench.database
        .tables<{ kura_event_failures: { subscriber: string; error: string } }>()
        .selectFrom('kura_event_failures')
        .select(['subscriber', 'error'])
        .execute();
      assert.equal(parked.length, 1);
      assert.match(parked[0]?.error ?? '', /poison/);
      assert.equal(bench.errors.length, 3);
    });

    it('running in two processes is served by one of them at a time', async () => {
      await using bench = await open();
      const first: number[] = [];
      const second: number[] = [];
      await using _one = bench.outbox.subscribe(collector('s', first));
      await using _two = bench.anotherProcess().subscribe(collector('s', second));
      for (let n = 0; n < 10; n += 1) await bench.publish(n);
      await until(() => first.length + second.length >= 10);
      assert.equal(first.length === 10 || second.length === 10, true, `${first.length} and ${second.length}`);
    });
  });

  it('prunes old events only when every subscriber is past them', async () => {
    await using bench = await open();
    const soon = instant(new Date(Date.now() + 60_000));
    const seen: number[] = [];
    await bench.publish(1, 2);
    async function prune(): Promise<number> {
      return bench.database.transaction((tx) => bench.outbox.prune(tx, soon));
    }
    assert.equal(await prune(), 0);
    const subscription = bench.outbox.subscribe(collector('s', seen));
    await until(() => seen.length === 2);
    await subscription[Symbol.asyncDispose]();
    await bench.publish(3);
    assert.equal(await prune(), 2);
  });
});
