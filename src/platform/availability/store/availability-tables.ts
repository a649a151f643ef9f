/** What was observed, and how the table came to be. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration } from '#platform/db';
import type { ProbeState } from '#platform/health';

export interface AvailabilityTables {
  /** Observations alike that follow each other without a gap; they do not overlap. */
  availability_spans: {
    id: string;
    state: ProbeState;
    /** Names of the probes that were not well, sorted, joined by commas. */
    probes: string;
    /** What the first of them said when it began. */
    detail: string | null;
    from_at: Instant;
    /** When it was last seen so, or when the next span began. */
    to_at: Instant;
    /** When Kura was stopped by somebody right after; null when it was not, or went on elsewhere. */
    stopped_at: Instant | null;
  };
}

export const availabilityMigrations: readonly Migration[] = [
  {
    id: 'availability-0001-spans',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'availability_spans')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('state', type.text, (column) => column.notNull())
        .addColumn('probes', type.text, (column) => column.notNull())
        .addColumn('detail', type.text)
        .addColumn('from_at', type.instant, (column) => column.notNull())
        .addColumn('to_at', type.instant, (column) => column.notNull())
        .addColumn('stopped_at', type.instant)
        .execute();
      await db.schema.createIndex('availability_spans_to').on('availability_spans').column('to_at').execute();
    },
  },
];
