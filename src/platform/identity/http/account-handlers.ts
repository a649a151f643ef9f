/** Handlers of accounts, their sessions, and invitations. */
import { nowInstant } from '#kernel/clock';
import { type Authorized, requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import { actorOfCaller, type WriteTransaction } from '#platform/unit-of-work';

import { requireGrantableRole, resolveUser } from '../accounts/account-rules.ts';
import { listAccounts } from '../accounts/account-store.ts';
import { viewAccount, viewAccounts } from '../accounts/account-view.ts';
import { changeProfile, deleteAccount, setActive, setRole, unlockAccount } from '../accounts/change-account.ts';
import { addAccount } from '../accounts/new-account.ts';
import * as contract from '../contract/index.ts';
import type { Identity } from '../identity.ts';
import type { AccountRow } from '../identity-tables.ts';
import { createResetLink, firstPasswordLink, invitationView, invite, revokeInvitation } from '../links/invitations.ts';
import { listInvitationRows } from '../links/link-store.ts';
import { mailAccountLink } from '../mails/mail-links.ts';
import { hashPassword } from '../passwords/password-hash.ts';
import { requireGoodPassword } from '../passwords/password-policy.ts';
import { changePassword } from '../passwords/set-password.ts';
import { listSessionsOf } from '../sessions/session-store.ts';
import { revokeAllSessions, revokeSession, viewSession } from '../sessions/sessions.ts';
import { resolveSessions } from '../sessions/whose-sessions.ts';
import { originOf } from './session-handlers.ts';

/** Runs a change in the caller's name. */
export function writerFor({ deps }: Identity) {
  return function write<R, P extends Permission>(
    context: RequestContext,
    permission: P,
    work: (tx: WriteTransaction, caller: Authorized<P>) => Promise<R>,
  ): Promise<R> {
    const caller = requirePermission(permission, context.caller);
    return deps.unitOfWork.write(actorOfCaller(caller, context.requestId), (tx) => work(tx, caller));
  };
}

export function accountHandlers(identity: Identity): readonly RouteHandler[] {
  const { deps, attempts } = identity;
  const write = writerFor(identity);
  const { database } = deps;

  function change<P extends Permission>(
    context: RequestContext,
    permission: P,
    work: (tx: WriteTransaction, caller: Authorized<P>) => Promise<AccountRow>,
  ) {
    return write(context, permission, async (tx, caller) => viewAccount(identity, tx, await work(tx, caller)));
  }

  return [
    implement(contract.listUsers, async ({ query: { active, limit, ...query } }) => {
      const filter = { ...query, limit: limit + 1, ...(active === undefined ? {} : { active: active === 'true' }) };
      const rows = await listAccounts(database, filter);
      const page = rows.slice(0, limit);
      const next = rows.length > limit ? (page.at(-1)?.username ?? null) : null;
      return { items: await viewAccounts(identity, database, page), next };
    }),
    implement(contract.createUser, async ({ body: { password, ...account } }, context) => {
      if (password !== undefined) await requireGoodPassword(password, account);
      const passwordHash = password === undefined ? undefined : await hashPassword(password, deps.random);
      return write(context, 'users:manage', async (tx, caller) => {
        await requireGrantableRole(tx, caller, account.role);
        const row = await addAccount(deps, tx, { ...account, passwordHash });
        const link = passwordHash === undefined ? await firstPasswordLink(deps, tx, caller, row) : null;
        const mailed = link !== null && (await mailAccountLink(deps, tx, row, { letter: 'first-password', link }));
        return { user: await viewAccount(identity, tx, row), link, mailed };
      });
    }),
    implement(contract.readUser, async ({ params: { user } }, { caller }) =>
      viewAccount(identity, database, await resolveUser(database, caller, user, 'users:read')),
    ),
    implement(contract.changeProfile, ({ params: { user }, body }, context) =>
      change(context, 'account:self', (tx, caller) => changeProfile(deps, tx, { caller, user }, body)),
    ),
    implement(contract.setRole, ({ params: { user }, body: { role } }, context) =>
      change(context, 'users:manage', (tx, caller) => setRole(deps, tx, { caller, user }, role)),
    ),
    implement(contract.setActive, ({ params: { user }, body: { active } }, context) =>
      change(context, 'users:manage', (tx, caller) => setActive(deps, tx, { caller, user }, active)),
    ),
    implement(contract.unlockUser, ({ params: { user } }, context) =>
      change(context, 'users:manage', (tx, caller) => unlockAccount(attempts, tx, { caller, user })),
    ),
    implement(contract.deleteUser, ({ params: { user }, query: { anonymise } }, context) =>
      change(context, 'users:manage', (tx, caller) => deleteAccount(deps, tx, { caller, user }, anonymise === 'true')),
    ),
    implement(contract.createResetLink, ({ params: { user } }, context) =>
      write(context, 'users:manage', (tx, caller) => createResetLink(deps, tx, caller, user)),
    ),
    implement(contract.changePassword, async ({ body }, context) => {
      const caller = requirePermission('account:password', context.caller);
      await changePassword(deps, attempts, { ...body, caller, origin: originOf(context) });
      return undefined;
    }),
    ...sessionListHandlers(identity),
    ...invitationHandlers(identity),
  ];
}

function sessionListHandlers(identity: Identity): readonly RouteHandler[] {
  const { deps } = identity;
  const write = writerFor(identity);
  return [
    implement(contract.listSessions, async ({ params: { user } }, { caller }) => {
      const { accountId } = await resolveSessions(deps.database, caller, user);
      const rows = await listSessionsOf(deps.database, accountId, nowInstant(deps.clock));
      return { items: rows.map((row) => viewSession(row, caller?.sessionId)) };
    }),
    implement(contract.revokeSession, async ({ params }, context) => {
      await write(context, 'account:self', (tx, caller) => revokeSession(tx, caller, params));
      return undefined;
    }),
    implement(contract.revokeAllSessions, async ({ params: { user } }, context) => ({
      ended: await write(context, 'account:self', (tx, caller) => revokeAllSessions(tx, caller, user)),
    })),
  ];
}

function invitationHandlers(identity: Identity): readonly RouteHandler[] {
  const { deps } = identity;
  const write = writerFor(identity);
  return [
    implement(contract.listInvitations, async () => ({
      items: (await listInvitationRows(deps.database)).map(invitationView),
    })),
    implement(contract.createInvitation, ({ body }, context) =>
      write(context, 'users:manage', (tx, caller) => invite(deps, tx, caller, body)),
    ),
    implement(contract.revokeInvitation, async ({ params: { id } }, context) => {
      await write(context, 'users:manage', (tx) => revokeInvitation(deps, tx, id));
      return undefined;
    }),
  ];
}
