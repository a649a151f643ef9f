/** The transactional outbox (P-022): an event exists exactly when the change it tells of was committed. */
import { sql } from 'kysely';

import type { Instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { createIdSource } from '#kernel/ids';
import type { Transaction } from '#platform/db';

import { checkEvent, type EventDefinition } from './event-definition.ts';
import type { EventOutboxOptions } from './event-outbox-options.ts';
import type { EventTables } from './event-tables.ts';
import { startSubscriber } from './subscriber-loop.ts';
import type { Subscriber, Subscription } from './subscription.ts';

export interface EventOutbox {
  /**
   * Writes the event at the end of the transaction, so that positions follow the order of commits.
   * @throws KuraError `events.bad-payload` when the payload does not fit the definition.
   */
  publish<P>(tx: Transaction, definition: EventDefinition<P>, payload: P): void;
  /** Starts reading for a subscriber, from where it stopped last time; disposing waits for the handler in progress. */
  subscribe(subscriber: Subscriber): Subscription;
  /** Position of the newest event; 0 before the first. */
  latest(): Promise<number>;
  /** Forgets events from before `at` that every known subscriber is past. Returns how many. */
  prune(tx: Transaction, before: Instant): Promise<number>;
}

interface PendingEvent {
  readonly id: string;
  readonly name: string;
  readonly payload: string;
  readonly at: Instant;
}

/** Any number, the same for every Kura: publishers take turns from their insert to their commit. */
const POSTGRES_LOCK = 4_870_115_062;

export function createEventOutbox(options: EventOutboxOptions): EventOutbox {
  const { clock, random } = options;
  const ids = createIdSource(clock, random);
  const wakers = new Set<() => void>();
  const pending = new WeakMap<Transaction, PendingEvent[]>();

  function publish<P>(tx: Transaction, definition: EventDefinition<P>, payload: P): void {
    checkEvent(definition, payload);
    const event = { id: ids.next(), name: definition.name, payload: JSON.stringify(payload), at: nowInstant(clock) };
    const events = pending.get(tx);
    if (events !== undefined) {
      events.push(event);
      return;
    }
    const first = [event];
    pending.set(tx, first);
    tx.beforeCommit(() => writeEvents(tx, first));
    tx.onCommit(() => {
      for (const wake of wakers) wake();
    });
  }

  function subscribe(subscriber: Subscriber): Subscription {
    return startSubscriber({ ...options, subscriber, owner: ids.next(), wakers });
  }

  async function latest(): Promise<number> {
    const tables = options.database.tables<EventTables>();
    const last = tables.selectFrom('kura_events').select(({ fn }) => fn.max<number | null>('position').as('position'));
    return (await last.executeTakeFirst())?.position ?? 0;
  }

  return { publish, subscribe, latest, prune };
}

/**
 * A sequence hands out numbers before the commit: a later number could become visible first, and a cursor that passed
 * it would never see the earlier one. So on PostgreSQL publishers hold a lock while they have numbers uncommitted.
 */
async function writeEvents(tx: Transaction, events: readonly PendingEvent[]): Promise<void> {
  const tables = tx.tables<EventTables>();
  if (tx.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${POSTGRES_LOCK})`.execute(tables);
  for (const event of events) await tables.insertInto('kura_events').values(event).execute();
}

async function prune(tx: Transaction, before: Instant): Promise<number> {
  const tables = tx.tables<EventTables>();
  const slowest = await tables
    .selectFrom('kura_event_cursors')
    .select(({ fn }) => fn.min<number | null>('position').as('position'))
    .executeTakeFirst();
  const { numDeletedRows } = await tables
    .deleteFrom('kura_events')
    .where('at', '<', before)
    .where('position', '<=', slowest?.position ?? 0)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
