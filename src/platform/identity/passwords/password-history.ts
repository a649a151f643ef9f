/** Passwords that may not come back: kept as hashes, no more of them than the setting needs (B-022). */
import type { Instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { columnTypes, createTable, type Migration, type Transaction } from '#platform/db';

import type { IdentityDeps, IdentitySettings } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';
import { verifyPassword } from './password-hash.ts';
import { weakPassword } from './password-policy.ts';

interface PasswordTables {
  former_passwords: {
    readonly id: string;
    readonly account_id: string;
    readonly password_hash: string;
    readonly replaced_at: Instant;
  };
}

export const passwordMigrations: readonly Migration[] = [
  {
    id: 'identity-0006-former-passwords',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'former_passwords')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('account_id', type.text, (column) => column.notNull().references('accounts.id'))
        .addColumn('password_hash', type.text, (column) => column.notNull())
        .addColumn('replaced_at', type.instant, (column) => column.notNull())
        .execute();
      await db.schema.createIndex('former_passwords_by_account').on('former_passwords').column('account_id').execute();
    },
  },
];

/** Where passwords get old, the same one cannot begin anew. */
function barred({ passwordHistory, passwordDays }: IdentitySettings): number {
  return Math.max(passwordHistory, passwordDays > 0 ? 1 : 0);
}

/** @throws KuraError invalid `identity.password-weak` for the present password or one of those before it */
export async function requireOtherPassword(
  { database, settings }: Pick<IdentityDeps, 'database' | 'settings'>,
  account: AccountRow,
  password: string,
): Promise<void> {
  const most = barred(settings());
  if (most === 0) return;
  const former = await formerPasswords(database, account.id);
  for (const hash of [account.password_hash, ...former.map((row) => row.password_hash)].slice(0, most)) {
    if (await verifyPassword(password, hash)) throw weakPassword('identity.password-used', { most });
  }
}

/** The present password is about to be replaced. */
export async function noteFormerPassword(
  { clock, ids, settings }: Pick<IdentityDeps, 'clock' | 'ids' | 'settings'>,
  tx: Transaction,
  { id, password_hash }: AccountRow,
): Promise<void> {
  // The new one counts, too.
  const kept = Math.max(0, barred(settings()) - 1);
  if (kept > 0 && password_hash !== null) {
    const row = { id: ids.next(), account_id: id, password_hash, replaced_at: nowInstant(clock) };
    await tx.tables<PasswordTables>().insertInto('former_passwords').values(row).execute();
  }
  const tooMany = (await formerPasswords(tx, id)).slice(kept).map((row) => row.id);
  if (tooMany.length === 0) return;
  await tx.tables<PasswordTables>().deleteFrom('former_passwords').where('id', 'in', tooMany).execute();
}

export async function forgetFormerPasswords(tx: Transaction, accountId: string): Promise<void> {
  await tx.tables<PasswordTables>().deleteFrom('former_passwords').where('account_id', '=', accountId).execute();
}

/** The newest first. */
function formerPasswords(reader: Reader, accountId: string) {
  return reader
    .tables<PasswordTables>()
    .selectFrom('former_passwords')
    .select(['id', 'password_hash'])
    .where('account_id', '=', accountId)
    .orderBy('replaced_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
