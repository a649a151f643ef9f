/** The chain over the audit log, its signed heads, and what keeps everybody from changing either. */
import { type Kysely, sql } from 'kysely';

import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Dialect, type Migration } from '#platform/db';
import type { AuditTables } from '#platform/unit-of-work';

/** A point of the chain, vouched for by a key. */
export interface SignedPoint {
  readonly seq: number;
  /** Hash of the row with this number. */
  readonly hash: string;
  readonly at: Instant;
  readonly key_id: string;
  /** Ed25519, base64. */
  readonly signature: string;
}

export interface AuditLogColumns {
  /** Place in the chain, without gaps; null until sealed. */
  seq: number | null;
  prev_hash: string | null;
  hash: string | null;
}

export interface ChainTables {
  audit_log: AuditTables['audit_log'] & AuditLogColumns;
  /** One row: the newest sealed entry. `heads`: how many signed heads there are. */
  audit_tip: SignedPoint & { id: number; heads: number; head_seq: number; head_at: Instant };
  audit_heads: SignedPoint & { number: number };
  /** Up to which entry whole segments were purged. */
  audit_purges: SignedPoint & { rows: number };
  audit_checks: {
    id: string;
    at: Instant;
    by: string;
    ok: number;
    rows: number;
    first_seq: number;
    last_seq: number;
    unsealed: number;
    ms: number;
    finding: string | null;
  };
}

/** Everything but the seal; the order is that of the canonical encoding. */
export const entryColumns = [
  'position',
  'id',
  'at',
  'actor_kind',
  'actor_id',
  'actor_name',
  'actor_from',
  'correlation_id',
  'category',
  'level',
  'action',
  'subject_kind',
  'subject_id',
  'subject_name',
  'result',
  'before',
  'after',
] as const;

export const chainMigrations: readonly Migration[] = [
  {
    id: 'audit-0002-chain',
    up: async (db, dialect) => {
      const type = columnTypes(dialect);
      const log = db.schema.alterTable('audit_log');
      await log.addColumn('seq', type.bigint).execute();
      await log.addColumn('prev_hash', type.text).execute();
      await log.addColumn('hash', type.text).execute();
      await sql`create unique index audit_log_by_seq on audit_log (seq)`.execute(db);
      await sql`create index audit_log_unsealed on audit_log (position) where seq is null`.execute(db);
      for (const column of ['at', 'action', 'level', 'result', 'category', 'correlation_id']) {
        const index = db.schema.createIndex(`audit_log_by_${column.replace('_id', '')}`).on('audit_log');
        await index.columns([column, 'position']).execute();
      }
      await createPoints(db, dialect);
      await createChecks(db, dialect);
      await (dialect === 'sqlite' ? guardSqlite(db) : guardPostgres(db));
    },
  },
];

async function createPoints(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  function points(name: string, key: string) {
    const table = createTable(db, dialect, name).addColumn(key, type.bigint, (column) => column.primaryKey().notNull());
    const own = key === 'seq' ? table : table.addColumn('seq', type.bigint, (column) => column.notNull());
    return own
      .addColumn('hash', type.text, (column) => column.notNull())
      .addColumn('at', type.instant, (column) => column.notNull())
      .addColumn('key_id', type.text, (column) => column.notNull())
      .addColumn('signature', type.text, (column) => column.notNull());
  }
  await points('audit_tip', 'id')
    .addColumn('heads', type.bigint, (column) => column.notNull())
    .addColumn('head_seq', type.bigint, (column) => column.notNull())
    .addColumn('head_at', type.instant, (column) => column.notNull())
    .execute();
  await points('audit_heads', 'number').execute();
  await points('audit_purges', 'seq')
    .addColumn('rows', type.bigint, (column) => column.notNull())
    .execute();
}

async function createChecks(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const type = columnTypes(dialect);
  await createTable(db, dialect, 'audit_checks')
    .addColumn('id', type.text, (column) => column.primaryKey().notNull())
    .addColumn('at', type.instant, (column) => column.notNull())
    .addColumn('by', type.text, (column) => column.notNull())
    .addColumn('ok', type.flag, (column) => column.notNull())
    .addColumn('rows', type.bigint, (column) => column.notNull())
    .addColumn('first_seq', type.bigint, (column) => column.notNull())
    .addColumn('last_seq', type.bigint, (column) => column.notNull())
    .addColumn('unsealed', type.bigint, (column) => column.notNull())
    .addColumn('ms', type.bigint, (column) => column.notNull())
    .addColumn('finding', type.json)
    .execute();
}

const sealed = sql.raw('old.seq is null and new.seq is not null');
const purged = sql.raw('old.seq is not null and old.seq <= (select coalesce(max(seq), 0) from audit_purges)');

/** Not against whoever owns the file, who can drop them, but against every mistake and every injected statement. */
async function guardSqlite(db: Kysely<unknown>): Promise<void> {
  const same = sql.raw(entryColumns.map((column) => `new."${column}" is old."${column}"`).join(' and '));
  await sql`create trigger audit_log_no_update before update on audit_log
    when not (${sealed} and ${same})
    begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
  await sql`create trigger audit_log_no_delete before delete on audit_log
    when not (${purged})
    begin select raise(abort, 'the audit log is append-only'); end`.execute(db);
  for (const table of ['audit_heads', 'audit_purges']) {
    for (const change of ['update', 'delete']) {
      await sql`create trigger ${sql.raw(`${table}_no_${change}`)} before ${sql.raw(change)} on ${sql.raw(table)}
        begin select raise(abort, 'audit heads are append-only'); end`.execute(db);
    }
  }
}

async function guardPostgres(db: Kysely<unknown>): Promise<void> {
  const same = sql.raw(
    entryColumns.map((column) => `new."${column}" is not distinct from old."${column}"`).join(' and '),
  );
  await sql`create function audit_log_guard() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' then
        if ${sealed} and ${same} then return new; end if;
      elsif tg_op = 'DELETE' then
        if ${purged} then return old; end if;
      end if;
      raise exception 'the audit log is append-only';
    end $$`.execute(db);
  await sql`create function audit_heads_guard() returns trigger language plpgsql as $$
    begin raise exception 'audit heads are append-only'; end $$`.execute(db);
  await guard(db, 'audit_log', 'audit_log_guard');
  await guard(db, 'audit_heads', 'audit_heads_guard');
  await guard(db, 'audit_purges', 'audit_heads_guard');
}

async function guard(db: Kysely<unknown>, table: string, guardian: string): Promise<void> {
  await sql`create trigger ${sql.raw(`${table}_no_change`)} before update or delete on ${sql.raw(table)}
    for each row execute function ${sql.raw(guardian)}()`.execute(db);
  await sql`create trigger ${sql.raw(`${table}_no_truncate`)} before truncate on ${sql.raw(table)}
    for each statement execute function audit_heads_guard()`.execute(db);
}
