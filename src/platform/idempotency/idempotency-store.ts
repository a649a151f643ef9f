/** The only SQL of idempotency keys. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Database, type Migration, type Transaction } from '#platform/db';

export interface KeyedRow {
  /** Who sent the key: the same key of two callers is two keys. */
  readonly caller: string;
  /** SHA-256 of the key. */
  readonly key_hash: string;
  /** SHA-256 of what was asked. */
  readonly request_hash: string;
  readonly state: 'running' | 'answered' | 'lost';
  /** Sealed: answers hold new API keys and codes. */
  readonly answer: string | null;
  readonly begun_at: Instant;
  readonly expires_at: Instant;
}

interface KeyedTables {
  idempotency_keys: KeyedRow;
}

export type KeyedName = Pick<KeyedRow, 'caller' | 'key_hash'>;

export const idempotencyMigrations: readonly Migration[] = [
  {
    id: 'idempotency-0001-keys',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'idempotency_keys')
        .addColumn('caller', type.text, (column) => column.notNull())
        .addColumn('key_hash', type.text, (column) => column.notNull())
        .addColumn('request_hash', type.text, (column) => column.notNull())
        .addColumn('state', type.text, (column) => column.notNull())
        .addColumn('answer', type.text)
        .addColumn('begun_at', type.instant, (column) => column.notNull())
        .addColumn('expires_at', type.instant, (column) => column.notNull())
        .addPrimaryKeyConstraint('idempotency_keys_key', ['caller', 'key_hash'])
        .execute();
      await db.schema.createIndex('idempotency_keys_by_end').on('idempotency_keys').columns(['expires_at']).execute();
    },
  },
];

/** Forgets what is over, then takes the key; undefined when it is taken, else the row of whoever was first. */
export async function takeKey(database: Database, row: KeyedRow): Promise<KeyedRow | undefined> {
  // Two that take one key wait for each other at its primary key.
  return database.transaction(
    async (tx) => {
      await keys(tx).deleteFrom('idempotency_keys').where('expires_at', '<=', row.begun_at).execute();
      const taken = await keys(tx)
        .insertInto('idempotency_keys')
        .values(row)
        .onConflict((conflict) => conflict.columns(['caller', 'key_hash']).doNothing())
        .returning('caller')
        .executeTakeFirst();
      if (taken !== undefined) return undefined;
      const { caller, key_hash } = row;
      const first = keys(tx).selectFrom('idempotency_keys').selectAll();
      return first.where('caller', '=', caller).where('key_hash', '=', key_hash).executeTakeFirstOrThrow();
    },
    { isolation: 'read-committed' },
  );
}

export async function endKey(
  database: Database,
  { caller, key_hash }: KeyedName,
  end: Pick<KeyedRow, 'state' | 'answer'>,
): Promise<void> {
  await database.transaction((tx) =>
    keys(tx)
      .updateTable('idempotency_keys')
      .set(end)
      .where('caller', '=', caller)
      .where('key_hash', '=', key_hash)
      .execute(),
  );
}

/** The key may be used again as if it had never been. */
export async function freeKey(database: Database, { caller, key_hash }: KeyedName): Promise<void> {
  await database.transaction((tx) =>
    keys(tx).deleteFrom('idempotency_keys').where('caller', '=', caller).where('key_hash', '=', key_hash).execute(),
  );
}

function keys(tx: Transaction) {
  return tx.tables<KeyedTables>();
}
