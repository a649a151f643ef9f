/** Choosing a password: with the old one, or with a one-time link. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Authorized } from '#platform/access';
import { actorOfCaller, type WriteTransaction } from '#platform/unit-of-work';
import { findAccount, updateAccount } from '../accounts/account-store.ts';
import { subjectOf } from '../accounts/change-account.ts';
import { nobody, type Origin } from '../actors.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountRow } from '../identity-tables.ts';
import { findOpenLink, useAccountLink } from '../links/link-store.ts';
import type { Attempts } from '../login/attempts.ts';
import { recordRefusal } from '../login/password-login.ts';
import { tellAccount } from '../mails/tell-account.ts';
import { secretHash } from '../secret-hash.ts';
import { deleteSessionsOf } from '../sessions/session-store.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { noteFormerPassword, requireOtherPassword } from './password-history.ts';
import { requireGoodPassword } from './password-policy.ts';

export interface PasswordChange {
  readonly caller: Authorized<'account:password'>;
  readonly current: string;
  readonly password: string;
  readonly origin: Origin;
}

/**
 * Ends the account's other sessions. A wrong current password counts as a failed login.
 * @throws KuraError unauthenticated-like `identity.password-wrong` (forbidden), invalid `identity.password-weak`
 */
export async function changePassword(deps: IdentityDeps, attempts: Attempts, change: PasswordChange): Promise<void> {
  const { caller, origin } = change;
  const account = caller.account === undefined ? undefined : await findAccount(deps.database, caller.id);
  if (account === undefined) throw new KuraError('conflict', 'identity.no-account');
  if (account.kind !== 'local') throw new KuraError('conflict', 'identity.not-local');
  const keys = { username: account.username, address: origin.client?.address };
  const charge = await attempts.charge(keys);
  const isRight = await verifyPassword(change.current, account.password_hash);
  if (!isRight || !charge.admitted) {
    await recordRefusal(deps, { account, reason: 'wrong-current-password', charge, origin });
    throw new KuraError('forbidden', 'identity.password-wrong');
  }
  await requireGoodPassword(change.password, ownerOf(account));
  await requireOtherPassword(deps, account, change.password);
  const hash = await hashPassword(change.password, deps.random);
  await deps.unitOfWork.write(actorOfCaller(caller, origin.requestId), async (tx) => {
    await attempts.forgive(tx, keys, charge);
    await storePassword(deps, tx, account, hash);
    await deleteSessionsOf(tx, account.id, caller.sessionId);
  });
}

/** Ends all sessions and every lock. @throws KuraError unauthenticated `identity.link-used`, invalid `identity.password-weak` */
export async function resetPassword(
  deps: IdentityDeps,
  attempts: Attempts,
  reset: { readonly code: string; readonly password: string; readonly origin: Origin },
): Promise<void> {
  const keys = { address: reset.origin.client?.address };
  const charge = await attempts.charge(keys);
  const use = { codeHash: secretHash(reset.code), purpose: 'password-reset', now: nowInstant(deps.clock) } as const;
  const link = await findOpenLink(deps.database, use);
  const account = await findAccount(deps.database, link?.account_id ?? '');
  if (account === undefined) throw new KuraError('unauthenticated', 'identity.link-used');
  // Judged before the link is spent: a weak choice must not cost the person the link.
  await requireGoodPassword(reset.password, ownerOf(account));
  await requireOtherPassword(deps, account, reset.password);
  const hash = await hashPassword(reset.password, deps.random);
  await deps.unitOfWork.write(nobody(reset.origin), async (tx) => {
    const used = await useAccountLink(tx, use);
    if (used === undefined) throw new KuraError('unauthenticated', 'identity.link-used');
    await attempts.forgive(tx, keys, charge);
    await attempts.unlock(tx, account.username);
    await storePassword(deps, tx, account, hash);
    await deleteSessionsOf(tx, account.id);
  });
}

async function storePassword(
  deps: IdentityDeps,
  tx: WriteTransaction,
  account: AccountRow,
  hash: string,
): Promise<void> {
  const now = nowInstant(deps.clock);
  await noteFormerPassword(deps, tx, account);
  await updateAccount(tx, account.id, { password_hash: hash, password_changed_at: now, updated_at: now });
  await tx.audit({
    action: 'account.set-password',
    category: 'authentication',
    subject: subjectOf(account),
    result: 'done',
  });
  await tellAccount(deps, tx, account, { notice: 'password' });
}

function ownerOf({ username, email, full_name }: AccountRow) {
  return { username, email, fullName: full_name };
}
