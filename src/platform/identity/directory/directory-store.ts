/** The only SQL of what Kura keeps about accounts of directories. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration, type Transaction } from '#platform/db';

import type { AccountRow, IdentityTables } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';

/** An account that the directory closed, not an administrator: what the directory closed it may open again. */
interface DirectoryBlockRow {
  readonly account_id: string;
  readonly reason: string;
  readonly since: Instant;
}

interface DirectoryTables extends IdentityTables {
  directory_blocks: DirectoryBlockRow;
}

export const directoryMigrations: readonly Migration[] = [
  {
    id: 'identity-directory-0001-blocks',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'directory_blocks')
        .addColumn('account_id', type.text, (column) => column.primaryKey().notNull().references('accounts.id'))
        .addColumn('reason', type.text, (column) => column.notNull())
        .addColumn('since', type.instant, (column) => column.notNull())
        .execute();
    },
  },
];

export async function findAccountByExternalId(
  reader: Reader,
  provider: string,
  externalId: string,
): Promise<AccountRow | undefined> {
  return reader
    .tables<IdentityTables>()
    .selectFrom('accounts')
    .selectAll()
    .where('provider', '=', provider)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
}

/** Whoever of this directory could do something now: with a session that is not over, or a key. */
export async function listAccountsAtWork(reader: Reader, provider: string, now: Instant) {
  const tables = reader.tables<IdentityTables>();
  return tables
    .selectFrom('accounts')
    .selectAll()
    .where('provider', '=', provider)
    .where('external_id', 'is not', null)
    .where((where) =>
      where.or([
        where.exists(
          where
            .selectFrom('sessions')
            .select('sessions.id')
            .whereRef('sessions.account_id', '=', 'accounts.id')
            .where('sessions.expires_at', '>', now),
        ),
        where.exists(
          where
            .selectFrom('api_keys')
            .select('api_keys.id')
            .whereRef('api_keys.account_id', '=', 'accounts.id')
            .where('api_keys.revoked_at', 'is', null),
        ),
      ]),
    )
    .orderBy('username_key')
    .execute();
}

export async function isBlocked(reader: Reader, accountId: string): Promise<boolean> {
  const row = await reader
    .tables<DirectoryTables>()
    .selectFrom('directory_blocks')
    .select('account_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertBlock(tx: Transaction, block: DirectoryBlockRow): Promise<void> {
  await tx.tables<DirectoryTables>().insertInto('directory_blocks').values(block).execute();
}

export async function deleteBlock(tx: Transaction, accountId: string): Promise<void> {
  await tx.tables<DirectoryTables>().deleteFrom('directory_blocks').where('account_id', '=', accountId).execute();
}
