/** The outbox and delivery log of mails, and how it came to be. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration } from '#platform/db';

import type { MailState } from './contract/index.ts';
import { routingMigration } from './notify-tables.ts';

export interface MailRow {
  readonly id: string;
  /** What it was about: `identity.invitation`. */
  readonly kind: string;
  readonly recipient: string;
  readonly language: string;
  readonly state: MailState;
  /** Sealed, because one-time links stand in it; null as soon as it is no longer needed. */
  readonly content: string | null;
  readonly attempts: number;
  /** Code of the last failure. */
  readonly last_error: string | null;
  /** What the mail server said about it. */
  readonly last_reason: string | null;
  readonly created_at: Instant;
  /** When it would be of no use any more. */
  readonly expires_at: Instant | null;
  readonly ended_at: Instant | null;
}

export interface MailTables {
  mails: MailRow;
  /** What goes along with mails, once for all who get it; not sealed, because no one-time links stand in it. */
  mail_files: { sha256: string; content: Uint8Array; used_at: Instant };
}

export const notifyMigrations: readonly Migration[] = [
  {
    id: 'notify-0001-mails',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'mails')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('kind', type.text, (column) => column.notNull())
        .addColumn('recipient', type.text, (column) => column.notNull())
        .addColumn('language', type.text, (column) => column.notNull())
        .addColumn('state', type.text, (column) => column.notNull())
        .addColumn('content', type.text)
        .addColumn('attempts', type.integer, (column) => column.notNull())
        .addColumn('last_error', type.text)
        .addColumn('last_reason', type.text)
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('expires_at', type.instant)
        .addColumn('ended_at', type.instant)
        .execute();
      await db.schema.createIndex('mails_by_time').on('mails').column('created_at').execute();
    },
  },
  routingMigration,
  {
    id: 'notify-0003-files',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'mail_files')
        .addColumn('sha256', type.text, (column) => column.primaryKey().notNull())
        .addColumn('content', type.binary, (column) => column.notNull())
        .addColumn('used_at', type.instant, (column) => column.notNull())
        .execute();
    },
  },
];
