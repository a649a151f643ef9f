/** A typed code as proof of the second factor: of the authenticator app, or one of the recovery codes. */
import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { findTotp, useRecoveryCode, useTotpStep } from './factor-store.ts';
import type { TotpRow } from './factor-tables.ts';
import { plainCode, recoveryCodeHash } from './recovery-code.ts';
import { matchingStep } from './totp.ts';

/** Spends the proof in the transaction it counts in. Undefined when it was wrong or meanwhile spent. */
export type SpendProof = (tx: WriteTransaction) => Promise<'totp' | 'recovery-code' | 'passkey' | undefined>;

type Deps = Pick<IdentityDeps, 'database' | 'clock' | 'sealer'>;

export async function codeProof(deps: Deps, account: AccountRow, typed: string): Promise<SpendProof> {
  const code = plainCode(typed);
  if (!/^\d{6}$/.test(code)) return (tx) => spendRecoveryCode(deps, tx, account, code);
  const row = await findTotp(deps.database, account.id);
  // A secret nobody has confirmed is no factor yet.
  const step = row === undefined || row.confirmed_at === null ? undefined : await stepOf(deps, row, code);
  return async (tx) => {
    const isRight = row !== undefined && step !== undefined && (await useTotpStep(tx, row, step));
    return isRight ? 'totp' : undefined;
  };
}

/** The step of a right code that was not used before. */
export async function stepOf({ sealer, clock }: Deps, row: TotpRow, code: string): Promise<number | undefined> {
  const secret = await sealer.open(totpContext(row.account_id), row.secret);
  return matchingStep(secret, code, clock.now(), row.last_step);
}

/** Where the secret belongs: copied to another account's row it does not open. */
export function totpContext(accountId: string): string {
  return `totp_factors/${accountId}`;
}

async function spendRecoveryCode({ clock }: Deps, tx: WriteTransaction, account: AccountRow, code: string) {
  const use = { hash: recoveryCodeHash(code), at: nowInstant(clock) };
  if (!(await useRecoveryCode(tx, account.id, use))) return undefined;
  await tx.audit({
    action: 'second-factor.use-recovery-code',
    category: 'authentication',
    level: 'warning',
    subject: { kind: 'account', id: account.id, name: account.username },
    result: 'done',
  });
  return 'recovery-code';
}
