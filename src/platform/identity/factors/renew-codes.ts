import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { deleteRecoveryCodes, insertRecoveryCodes } from './factor-store.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-code.ts';

/** New recovery codes, to be shown this once; the earlier ones stop working. */
export async function renewCodes(
  { clock, random, ids }: Pick<IdentityDeps, 'clock' | 'random' | 'ids'>,
  tx: WriteTransaction,
  account: AccountRow,
): Promise<readonly string[]> {
  const codes = newRecoveryCodes(random);
  await deleteRecoveryCodes(tx, account.id);
  await insertRecoveryCodes(
    tx,
    codes.map((code) => ({
      id: ids.next(),
      account_id: account.id,
      code_hash: recoveryCodeHash(code),
      created_at: nowInstant(clock),
      used_at: null,
    })),
  );
  return codes;
}
