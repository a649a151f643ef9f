/** One-time links for people: invitations, and links with which a password is chosen. */
import { instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY, HOUR } from '#kernel/units';
import type { Authorized, Caller } from '#platform/access';
import type { WriteTransaction } from '#platform/unit-of-work';

import { requireGrantableRole, resolveToChange } from '../accounts/account-rules.ts';
import { updateAccount } from '../accounts/account-store.ts';
import { subjectOf } from '../accounts/change-account.ts';
import { mayChooseEmail } from '../accounts/email-rules.ts';
import { addAccount } from '../accounts/new-account.ts';
import { nobody, type Origin } from '../actors.ts';
import type { InvitationView, ProfileInput } from '../contract/index.ts';
import type { IdentityDeps } from '../identity-deps.ts';
import type { AccountLinkRow, AccountRow } from '../identity-tables.ts';
import type { Attempts } from '../login/attempts.ts';
import type { LoggedIn } from '../login/password-login.ts';
import { mailLink } from '../mails/mail-links.ts';
import { hashPassword } from '../passwords/password-hash.ts';
import { requireGoodPassword } from '../passwords/password-policy.ts';
import { newSecret, secretHash } from '../secret-hash.ts';
import { noRisk, openSession } from '../sessions/open-session.ts';
import { findOpenLink, insertAccountLink, revokeInvitationRow, revokeLinksOf, useAccountLink } from './link-store.ts';
import type { OneTimeLink } from './one-time-link.ts';

const invitationMs = 7 * DAY;
const resetMs = HOUR;

type Deps = Pick<IdentityDeps, 'clock' | 'random' | 'ids'>;
/** Who made a link, as its row names them. */
type Maker = Pick<Caller, 'name'>;

export async function invite(
  deps: Deps & Pick<IdentityDeps, 'mail' | 'settings'>,
  tx: WriteTransaction,
  caller: Authorized<'users:manage'>,
  { role, email }: { readonly role: string; readonly email?: string | undefined },
): Promise<{ readonly invitation: InvitationView; readonly link: OneTimeLink; readonly mailed: boolean }> {
  await requireGrantableRole(tx, caller, role);
  const { row, link } = newLink(deps, caller, invitationMs, {
    purpose: 'invitation',
    account_id: null,
    email: email ?? null,
    role,
  });
  await insertAccountLink(tx, row);
  await tx.audit({
    action: 'invitation.create',
    category: 'authorization',
    subject: { kind: 'invitation', id: row.id },
    result: 'done',
    after: { role },
  });
  const language = caller.account?.language ?? null;
  const mail = { letter: 'invitation', language, link, user: caller.name } as const;
  const mailed = email !== undefined && (await mailLink(deps, tx, { ...mail, to: email }));
  return { invitation: invitationView(row), link, mailed };
}

/** @throws KuraError not-found `identity.invitation-not-found` */
export async function revokeInvitation({ clock }: Deps, tx: WriteTransaction, id: string): Promise<void> {
  if (!(await revokeInvitationRow(tx, id, nowInstant(clock)))) {
    throw new KuraError('not-found', 'identity.invitation-not-found', { params: { id } });
  }
  const subject = { kind: 'invitation', id };
  await tx.audit({ action: 'invitation.revoke', category: 'authorization', subject, result: 'done' });
}

export interface Acceptance extends ProfileInput {
  readonly code: string;
  readonly username: string;
  readonly password: string;
  readonly origin: Origin;
  readonly previous: string | undefined;
}

/** Makes the account and logs in. @throws KuraError unauthenticated `identity.link-used`, and as `addAccount` */
export async function acceptInvitation(
  deps: IdentityDeps,
  attempts: Attempts,
  acceptance: Acceptance,
): Promise<LoggedIn> {
  const { code, username, password, origin, previous, ...profile } = acceptance;
  const keys = { address: origin.client?.address };
  const charge = await attempts.charge(keys);
  const use = { codeHash: secretHash(code), purpose: 'invitation', now: nowInstant(deps.clock) } as const;
  const open = await findOpenLink(deps.database, use);
  if (open === undefined) throw new KuraError('unauthenticated', 'identity.link-used');
  await requireGoodPassword(password, { username, email: profile.email, fullName: profile.fullName });
  const passwordHash = await hashPassword(password, deps.random);
  return deps.unitOfWork.write(nobody(origin), async (tx) => {
    const link = await useAccountLink(tx, use);
    const role = link?.role ?? undefined;
    if (link === undefined || role === undefined) throw new KuraError('unauthenticated', 'identity.link-used');
    await attempts.forgive(tx, keys, charge);
    const email = mayChooseEmail(deps) ? (profile.email ?? link.email) : link.email;
    // A department opens what it keeps to itself, so nobody chooses their own.
    const account = await addAccount(deps, tx, { username, role, passwordHash, ...profile, email, department: null });
    const session = { account, openedBy: 'invitation', stage: 'open', risk: noRisk, origin, previous } as const;
    return { ...(await openSession(deps, tx, session)), account };
  });
}

/** For an account that exists: to choose a password within an hour. Earlier links of it stop working. */
export async function createResetLink(
  deps: Deps,
  tx: WriteTransaction,
  caller: Authorized<'users:manage'>,
  user: string,
): Promise<OneTimeLink> {
  const account = await resolveToChange(tx, caller, user);
  if (account.kind !== 'local') throw new KuraError('conflict', 'identity.not-local');
  return linkFor(deps, tx, { account, caller, lifeMs: resetMs });
}

/** The same for somebody who asked for it by mail and is nobody yet. */
export async function resetLinkFor(deps: Deps, tx: WriteTransaction, account: AccountRow): Promise<OneTimeLink> {
  return linkFor(deps, tx, { account, caller: tx.actor, lifeMs: resetMs });
}

/** For an account that was just made without a password: as long as an invitation. */
export async function firstPasswordLink(
  deps: Deps,
  tx: WriteTransaction,
  caller: Authorized<'users:manage'>,
  account: AccountRow,
): Promise<OneTimeLink> {
  return linkFor(deps, tx, { account, caller, lifeMs: invitationMs });
}

export function invitationView(row: AccountLinkRow): InvitationView {
  return {
    id: row.id,
    email: row.email,
    role: row.role ?? '',
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  };
}

async function linkFor(
  deps: Deps,
  tx: WriteTransaction,
  { account, caller, lifeMs }: { readonly account: AccountRow; readonly caller: Maker; readonly lifeMs: number },
): Promise<OneTimeLink> {
  await revokeLinksOf(tx, account.id, nowInstant(deps.clock));
  const { row, link } = newLink(deps, caller, lifeMs, {
    purpose: 'password-reset',
    account_id: account.id,
    email: null,
    role: null,
  });
  await insertAccountLink(tx, row);
  await updateAccount(tx, account.id, { updated_at: nowInstant(deps.clock) });
  await tx.audit({
    action: 'account.create-reset-link',
    category: 'authentication',
    level: 'warning',
    subject: subjectOf(account),
    result: 'done',
  });
  return link;
}

function newLink(
  { clock, random, ids }: Deps,
  caller: Maker,
  lifeMs: number,
  what: Pick<AccountLinkRow, 'purpose' | 'account_id' | 'email' | 'role'>,
): { readonly row: AccountLinkRow; readonly link: OneTimeLink } {
  const code = newSecret(random);
  const now = clock.now();
  const expiresAt = instant(new Date(now + lifeMs));
  const row = {
    ...what,
    id: ids.next(),
    code_hash: secretHash(code),
    created_by: caller.name,
    created_at: instant(new Date(now)),
    expires_at: expiresAt,
    used_at: null,
    revoked_at: null,
  };
  const word = what.purpose === 'invitation' ? 'invitation' : 'reset';
  return { row, link: { path: `/login#${word}=${code}`, expiresAt } };
}
