/** The only SQL of one-time codes and recovery codes. */
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import { deletePasskeysOf } from '../passkeys/passkey-store.ts';
import type { Reader } from '../reader.ts';
import type { FactorTables, RecoveryCodeRow, TotpRow } from './factor-tables.ts';

export async function findTotp(reader: Reader, accountId: string): Promise<TotpRow | undefined> {
  return reader
    .tables<FactorTables>()
    .selectFrom('totp_factors')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
}

/** In place of one that was never confirmed. */
export async function putTotp(tx: Transaction, row: TotpRow): Promise<void> {
  await deleteTotp(tx, row.account_id);
  await tx.tables<FactorTables>().insertInto('totp_factors').values(row).execute();
}

/** False when another login was faster, or the secret is no longer this one. */
export async function useTotpStep(tx: Transaction, { account_id, secret }: TotpRow, step: number): Promise<boolean> {
  const result = await tx
    .tables<FactorTables>()
    .updateTable('totp_factors')
    .set({ last_step: step })
    .where('account_id', '=', account_id)
    .where('secret', '=', secret)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function confirmTotp(tx: Transaction, accountId: string, at: Instant): Promise<void> {
  await tx
    .tables<FactorTables>()
    .updateTable('totp_factors')
    .set({ confirmed_at: at })
    .where('account_id', '=', accountId)
    .execute();
}

export async function deleteTotp(tx: Transaction, accountId: string): Promise<void> {
  await tx.tables<FactorTables>().deleteFrom('totp_factors').where('account_id', '=', accountId).execute();
}

export async function insertRecoveryCodes(tx: Transaction, rows: readonly RecoveryCodeRow[]): Promise<void> {
  await tx
    .tables<FactorTables>()
    .insertInto('recovery_codes')
    .values([...rows])
    .execute();
}

/** False for a code that is used, replaced or never was. */
export async function useRecoveryCode(
  tx: Transaction,
  accountId: string,
  { hash, at }: { readonly hash: string; readonly at: Instant },
): Promise<boolean> {
  const result = await tx
    .tables<FactorTables>()
    .updateTable('recovery_codes')
    .set({ used_at: at })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function countRecoveryCodes(reader: Reader, accountId: string): Promise<number> {
  const rows = await reader
    .tables<FactorTables>()
    .selectFrom('recovery_codes')
    .select('id')
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .execute();
  return rows.length;
}

export async function deleteRecoveryCodes(tx: Transaction, accountId: string): Promise<void> {
  await tx.tables<FactorTables>().deleteFrom('recovery_codes').where('account_id', '=', accountId).execute();
}

/** All that an account has. */
export async function deleteFactorsOf(tx: Transaction, accountId: string): Promise<void> {
  await deleteTotp(tx, accountId);
  await deleteRecoveryCodes(tx, accountId);
  await deletePasskeysOf(tx, accountId);
}
