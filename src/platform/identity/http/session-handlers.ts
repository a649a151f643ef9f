/** Handlers of logging in and out; the cookie is set and cleared here only. */
import type { Caller } from '#platform/access';
import { adminCaller } from '#platform/access';
import { cookieNames, csrfTokenOf, implement, type RequestContext, type RouteHandler } from '#platform/http';
import { accountCaller } from '../accounts/account-caller.ts';
import { hasOtherAdmin } from '../accounts/account-store.ts';
import * as contract from '../contract/index.ts';
import type { Identity } from '../identity.ts';
import { acceptInvitation } from '../links/invitations.ts';
import { logInByName } from '../login/log-in.ts';
import { createFirstAccount, logInByLink } from '../login/owner-login.ts';
import type { LoggedIn } from '../login/password-login.ts';
import { requestReset } from '../mails/reset-request.ts';
import { resetPassword } from '../passwords/set-password.ts';
import { secretHash } from '../secret-hash.ts';
import { isByPassword } from '../sessions/open-session.ts';
import { closeSession } from '../sessions/sessions.ts';

export function sessionHandlers(identity: Identity, version: string): readonly RouteHandler[] {
  const { deps, attempts } = identity;
  const welcome = welcomer(identity);

  return [
    implement(contract.openSession, async ({ body }, context) => {
      const common = { origin: originOf(context), previous: context.session };
      if ('username' in body) {
        const login = { ...body, ...common, signal: context.signal };
        return welcome(await logInByName(deps, attempts, login), context);
      }
      const { secret, stage } = await logInByLink(deps, attempts, { code: body.code, ...common });
      giveCookies(secret, context);
      return { ...whoIs(adminCaller()), stage };
    }),
    implement(contract.readSession, async (_input, { caller, session }) => ({
      caller: caller === undefined ? null : whoIs(caller),
      version,
      secondFactorAwaited:
        caller === undefined && session !== undefined && (await identity.awaitingLogin(session)) !== undefined,
      ways: { provider: deps.provider?.name ?? null, passwordReset: deps.mail !== undefined },
      firstAccountMissing:
        caller !== undefined && caller.account === undefined && !(await hasOtherAdmin(deps.database, '')),
    })),
    implement(contract.closeSession, async (_input, context) => {
      const { session } = context;
      const openedBy =
        session === undefined ? undefined : await closeSession(deps, session, secretHash(session), originOf(context));
      takeCookies(context);
      const byProvider = openedBy?.startsWith('oidc') === true;
      return { providerLogout: (byProvider && (await deps.provider?.source.logoutAddress(context.signal))) || null };
    }),
    implement(contract.createFirstAccount, async ({ body }, context) =>
      welcome(
        await createFirstAccount(deps, { ...body, origin: originOf(context), previous: context.session }),
        context,
      ),
    ),
    implement(contract.acceptInvitation, async ({ body }, context) =>
      welcome(
        await acceptInvitation(deps, attempts, { ...body, origin: originOf(context), previous: context.session }),
        context,
      ),
    ),
    implement(contract.resetPassword, async ({ body }, context) => {
      await resetPassword(deps, attempts, { ...body, origin: originOf(context) });
      return undefined;
    }),
    implement(contract.requestPasswordReset, async ({ body: { email } }, context) => {
      await requestReset(deps, attempts, { email, origin: originOf(context) });
      return undefined;
    }),
  ];
}

/** Sets the cookie and says who is logged in; of a login that awaits a second factor nothing is told. */
export function welcomer({ deps }: Identity) {
  return async function welcome(opened: LoggedIn, context: RequestContext) {
    giveCookies(opened.secret, context);
    const shown = { address: context.client?.address, byPassword: isByPassword(opened.openedBy) };
    const caller = await accountCaller(deps, opened.account.id, shown);
    if (caller === undefined || opened.stage !== 'open') return { ...stranger, stage: opened.stage };
    return { ...whoIs(caller), stage: opened.stage };
  };
}

function giveCookies(secret: string, context: RequestContext): void {
  const { names, attributes } = cookiesFor(context);
  context.reply.header('set-cookie', `${names.session}=${secret}; HttpOnly; ${attributes}`);
  // Our own pages read this one and send it back as a header.
  context.reply.header('set-cookie', `${names.csrf}=${csrfTokenOf(secret)}; ${attributes}`);
}

function takeCookies(context: RequestContext): void {
  const { names, attributes } = cookiesFor(context);
  context.reply.header('set-cookie', `${names.session}=; Max-Age=0; HttpOnly; ${attributes}`);
  context.reply.header('set-cookie', `${names.csrf}=; Max-Age=0; ${attributes}`);
}

/** Secure wherever the browser speaks TLS, to us or to a trusted proxy (P-033). */
function cookiesFor({ client }: RequestContext) {
  const secure = client?.secure === true;
  return { names: cookieNames(secure), attributes: `Path=/; SameSite=Lax${secure ? '; Secure' : ''}` };
}

export function originOf({ client, requestId }: RequestContext) {
  return { client, requestId };
}

const stranger = { accountId: null, name: '', fullName: null, role: null, language: null, permissions: [] };

function whoIs({ id, name, account, permissions }: Caller) {
  return {
    accountId: account === undefined ? null : id,
    name,
    fullName: account?.fullName ?? null,
    role: account?.role ?? null,
    language: account?.language ?? null,
    permissions: [...permissions],
  };
}
