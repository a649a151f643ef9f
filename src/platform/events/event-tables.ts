import type { GeneratedAlways, Selectable } from 'kysely';

import type { Instant } from '#kernel/brands';
import { columnTypes, createPositionedTable, createTable, type Migration } from '#platform/db';

export interface EventTables {
  kura_events: {
    position: GeneratedAlways<number>;
    id: string;
    name: string;
    payload: string;
    at: Instant;
  };
  kura_event_cursors: {
    subscriber: string;
    /** The last event that was handled or parked. */
    position: number;
    /** Which process reads for the subscriber, and until when it may. */
    owner: string | null;
    owned_until: Instant | null;
    /** Failures in a row of the event after `position`. */
    failures: number;
    retry_at: Instant | null;
  };
  kura_event_failures: {
    subscriber: string;
    position: number;
    error: string;
    parked_at: Instant;
  };
}

export type EventRow = Selectable<EventTables['kura_events']>;
export type CursorRow = EventTables['kura_event_cursors'];

export const eventMigrations: readonly Migration[] = [
  {
    id: 'events-0001-outbox-and-cursors',
    up: async (db, dialect) => {
      const type = columnTypes(dialect);
      await createPositionedTable(db, dialect, 'kura_events')
        .addColumn('id', type.text, (column) => column.notNull().unique())
        .addColumn('name', type.text, (column) => column.notNull())
        .addColumn('payload', type.json, (column) => column.notNull())
        .addColumn('at', type.instant, (column) => column.notNull())
        .execute();
      await createTable(db, dialect, 'kura_event_cursors')
        .addColumn('subscriber', type.text, (column) => column.primaryKey().notNull())
        .addColumn('position', type.bigint, (column) => column.notNull())
        .addColumn('owner', type.text)
        .addColumn('owned_until', type.instant)
        .addColumn('failures', type.integer, (column) => column.notNull())
        .addColumn('retry_at', type.instant)
        .execute();
      await createTable(db, dialect, 'kura_event_failures')
        .addColumn('subscriber', type.text, (column) => column.notNull())
        .addColumn('position', type.bigint, (column) => column.notNull())
        .addColumn('error', type.text, (column) => column.notNull())
        .addColumn('parked_at', type.instant, (column) => column.notNull())
        .addPrimaryKeyConstraint('kura_event_failures_key', ['subscriber', 'position'])
        .execute();
    },
  },
];
