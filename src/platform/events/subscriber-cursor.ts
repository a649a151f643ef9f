/** The durable cursor of one subscriber: one process reads at a time, and only its owner moves it. */
import type { Instant } from '#kernel/brands';
import { instant } from '#kernel/brands';
import { type Clock, nowInstant } from '#kernel/clock';
import { MINUTE } from '#kernel/units';
import type { Database, Transaction } from '#platform/db';

import type { CursorRow, EventRow, EventTables } from './event-tables.ts';

/** After a crash another process may read for the subscriber this much later. */
const OWNED_MS = MINUTE;
const BATCH = 100;

export interface CursorDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly owner: string;
  readonly subscriber: string;
}

/** Creates the cursor of a subscriber that has none. */
export async function beginCursor({ database, subscriber }: CursorDeps, from: 'start' | 'now'): Promise<void> {
  await database.transaction(async (tx) => {
    const tables = tx.tables<EventTables>();
    const last = tables.selectFrom('kura_events').select(({ fn }) => fn.max<number | null>('position').as('position'));
    const position = from === 'now' ? ((await last.executeTakeFirst())?.position ?? 0) : 0;
    await tables
      .insertInto('kura_event_cursors')
      .values({ subscriber, position, owner: null, owned_until: null, failures: 0, retry_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** Events after the cursor, without taking it: most looks find nothing and should cost no write. */
export async function hasNews({ database, subscriber }: CursorDeps): Promise<boolean> {
  const found = await database
    .tables<EventTables>()
    .selectFrom('kura_events')
    .innerJoin('kura_event_cursors as cursor', (join) => join.onRef('cursor.position', '<', 'kura_events.position'))
    .select('kura_events.position')
    .where('cursor.subscriber', '=', subscriber)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Takes or keeps the right to read; undefined while another process has it. */
export async function ownCursor(deps: CursorDeps): Promise<CursorRow | undefined> {
  const { owner, subscriber, clock } = deps;
  return write(deps, async (tx) =>
    tx
      .tables<EventTables>()
      .updateTable('kura_event_cursors')
      .set({ owner, owned_until: instantAt(clock, OWNED_MS) })
      .where('subscriber', '=', subscriber)
      .where((or) =>
        or.or([or('owner', 'is', null), or('owner', '=', owner), or('owned_until', '<', nowInstant(clock))]),
      )
      .returningAll()
      .executeTakeFirst(),
  );
}

export async function eventsAfter({ database }: CursorDeps, position: number): Promise<readonly EventRow[]> {
  const events = database.tables<EventTables>().selectFrom('kura_events').selectAll().where('position', '>', position);
  return events.orderBy('position').limit(BATCH).execute();
}

export type CursorChange = Partial<Pick<CursorRow, 'position' | 'failures' | 'retry_at' | 'owner' | 'owned_until'>>;

/** False when another process took over in the meantime. */
export async function moveCursor(deps: CursorDeps, change: CursorChange): Promise<boolean> {
  return write(deps, async (tx) => move(deps, tx, change));
}

/** Passes an event that cannot be handled, keeping it on record for a person. */
export async function parkEvent(deps: CursorDeps, position: number, error: string): Promise<void> {
  await write(deps, async (tx) => {
    if (!(await move(deps, tx, { position, failures: 0, retry_at: null }))) return;
    await tx
      .tables<EventTables>()
      .insertInto('kura_event_failures')
      .values({ subscriber: deps.subscriber, position, error, parked_at: nowInstant(deps.clock) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

async function move({ owner, subscriber }: CursorDeps, tx: Transaction, change: CursorChange): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .tables<EventTables>()
    .updateTable('kura_event_cursors')
    .set(change)
    .where('subscriber', '=', subscriber)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function write<R>({ database }: CursorDeps, work: (tx: Transaction) => Promise<R>): Promise<R> {
  // Whoever reads an event twice minds it not; three readers of each event would else be six waits for the disk.
  return database.transaction(work, { isolation: 'read-committed', durability: 'relaxed' });
}

export function instantAt(clock: Clock, fromNowMs: number): Instant {
  return instant(new Date(clock.now() + fromNowMs));
}
