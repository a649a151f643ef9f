/** The only SQL of the keyring: data keys, wrapped with the master key. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Database, type Migration, type Transaction } from '#platform/db';

export interface KeyRow {
  readonly id: string;
  /** The key as Tink AEAD ciphertext under the master key, base64url. */
  readonly wrapped: string;
  readonly master_id: string;
  readonly created_at: Instant;
  /** After which `kura doctor` asks for a new key; nothing stops opening. */
  readonly expires_at: Instant;
  readonly wrapped_at: Instant;
}

interface KeyTables {
  secret_keys: KeyRow;
}

export const secretsMigrations: readonly Migration[] = [
  {
    id: 'secrets-0001-keys',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'secret_keys')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('wrapped', type.text, (column) => column.notNull())
        .addColumn('master_id', type.text, (column) => column.notNull())
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('expires_at', type.instant, (column) => column.notNull())
        .addColumn('wrapped_at', type.instant, (column) => column.notNull())
        .execute();
    },
  },
];

/** Newest first. */
export function readKeys(reader: Pick<Database | Transaction, 'tables'>): Promise<readonly KeyRow[]> {
  return reader
    .tables<KeyTables>()
    .selectFrom('secret_keys')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
}

export async function addKey(tx: Transaction, row: KeyRow): Promise<void> {
  await tx.tables<KeyTables>().insertInto('secret_keys').values(row).execute();
}

export async function rewrapKey(tx: Transaction, row: Pick<KeyRow, 'id' | 'wrapped' | 'master_id' | 'wrapped_at'>) {
  const { id, ...changed } = row;
  await tx.tables<KeyTables>().updateTable('secret_keys').set(changed).where('id', '=', id).execute();
}
