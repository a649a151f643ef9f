/** Channels, rules, groups and what was told: as it stands in the database, and how it came to be. */
import { type Kysely, sql } from 'kysely';

import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Dialect, type Migration } from '#platform/db';

import type { ChannelKind, DeliveryState, NoticeEvent, Severity } from './contract/index.ts';

export interface NotifyTables {
  notify_channels: {
    name: string;
    kind: ChannelKind;
    /** Sealed: whoever knows it may post. */
    address: string;
    host: string;
    /** Sealed; webhooks only. */
    secret: string | null;
    previous_secret: string | null;
    previous_until: Instant | null;
    /** JSON of what can be changed. */
    settings: string;
    last_sent_at: Instant | null;
    last_failed_at: Instant | null;
    last_reason: string | null;
    failures: number;
    created_at: Instant;
  };
  /** JSON of a rule under its name. */
  notify_rules: { name: string; rule: string; created_at: Instant };
  notify_groups: { name: string; members: string };
  notify_preferences: { account_id: string; preferences: string };
  notify_notices: {
    id: string;
    kind: string;
    event: NoticeEvent;
    severity: Severity;
    /** JSON of the whole notice. */
    content: string;
    created_at: Instant;
  };
  notify_deliveries: {
    id: string;
    notice_id: string;
    rule: string;
    /** `mail:ADDRESS` or `channel:NAME`. */
    target: string;
    /** Whose address it is, where an account has it. */
    account_id: string | null;
    language: string | null;
    /** Most messages per hour that the target wants. */
    max_per_hour: number;
    state: DeliveryState;
    due_at: Instant;
    batch: string | null;
    /** The mail that carries it; from then on its state is that of the mail. */
    mail_id: string | null;
    attempts: number;
    last_error: string | null;
    last_reason: string | null;
    ms: number | null;
    created_at: Instant;
    /** When a message was made of it. */
    batched_at: Instant | null;
    ended_at: Instant | null;
  };
}

/** What a new installation begins with, as soon as it has a mail server: administrators hear of what failed. */
const firstRule = JSON.stringify({ minSeverity: 'error', targets: ['role:admin'] });

export const routingMigration: Migration = {
  id: 'notify-0002-routing',
  async up(db, dialect) {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'notify_channels')
      .addColumn('name', type.text, (column) => column.primaryKey().notNull())
      .addColumn('kind', type.text, (column) => column.notNull())
      .addColumn('address', type.text, (column) => column.notNull())
      .addColumn('host', type.text, (column) => column.notNull())
      .addColumn('secret', type.text)
      .addColumn('previous_secret', type.text)
      .addColumn('previous_until', type.instant)
      .addColumn('settings', type.json, (column) => column.notNull())
      .addColumn('last_sent_at', type.instant)
      .addColumn('last_failed_at', type.instant)
      .addColumn('last_reason', type.text)
      .addColumn('failures', type.integer, (column) => column.notNull())
      .addColumn('created_at', type.instant, (column) => column.notNull())
      .execute();
    await createTable(db, dialect, 'notify_rules')
      .addColumn('name', type.text, (column) => column.primaryKey().notNull())
      .addColumn('rule', type.json, (column) => column.notNull())
      .addColumn('created_at', type.instant, (column) => column.notNull())
      .execute();
    await sql`insert into notify_rules (name, rule, created_at) values ('administrators', ${firstRule}, '2026-01-01T00:00:00.000Z')`.execute(
      db,
    );
    await createTable(db, dialect, 'notify_groups')
      .addColumn('name', type.text, (column) => column.primaryKey().notNull())
      .addColumn('members', type.json, (column) => column.notNull())
      .execute();
    await createTable(db, dialect, 'notify_preferences')
      .addColumn('account_id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('preferences', type.json, (column) => column.notNull())
      .execute();
    await createOutbox(db, dialect);
  },
};

/** What was told, and what became of it. */
async function createOutbox(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'notify_notices')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('event', type.text, (column) => column.notNull())
    .addColumn('severity', type.text, (column) => column.notNull())
    .addColumn('content', type.json, (column) => column.notNull())
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .execute();
  await createTable(db, dialect, 'notify_deliveries')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('notice_id', type.text, (column) => column.notNull())
    .addColumn('rule', type.text, (column) => column.notNull())
    .addColumn('target', type.text, (column) => column.notNull())
    .addColumn('account_id', type.text)
    .addColumn('language', type.text)
    .addColumn('max_per_hour', type.integer, (column) => column.notNull())
    .addColumn('state', type.text, (column) => column.notNull())
    .addColumn('due_at', type.instant, (column) => column.notNull())
    .addColumn('batch', type.text)
    .addColumn('mail_id', type.text)
    .addColumn('attempts', type.integer, (column) => column.notNull())
    .addColumn('last_error', type.text)
    .addColumn('last_reason', type.text)
    .addColumn('ms', type.bigint)
    .addColumn('created_at', type.instant, (column) => column.notNull())
    .addColumn('batched_at', type.instant)
    .addColumn('ended_at', type.instant)
    .addUniqueConstraint('notify_deliveries_once', ['notice_id', 'target'])
    .execute();
  function index(name: string) {
    return db.schema.createIndex(`notify_deliveries_${name}`).on('notify_deliveries');
  }
  await index('waiting').columns(['target', 'state', 'due_at']).execute();
  await index('by_batch').column('batch').execute();
  await index('by_time').column('created_at').execute();
  await db.schema.createIndex('notify_notices_by_time').on('notify_notices').column('created_at').execute();
}
