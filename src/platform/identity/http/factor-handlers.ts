/** Handlers of the second factor. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import { isSelf, resolveUser } from '../accounts/account-rules.ts';
import { findAccount } from '../accounts/account-store.ts';
import * as contract from '../contract/index.ts';
import { codeProof } from '../factors/code-proof.ts';
import {
  beginTotp,
  disableTotp,
  finishTotp,
  renewRecoveryCodes,
  resetFactors,
  viewFactors,
} from '../factors/second-factor.ts';
import type { Identity } from '../identity.ts';
import { writerFor } from './account-handlers.ts';
import { originOf, welcomer } from './session-handlers.ts';

export function factorHandlers(identity: Identity): readonly RouteHandler[] {
  const { deps, attempts } = identity;
  const { database } = deps;
  const write = writerFor(identity);
  const welcome = welcomer(identity);

  function ownProof(body: { readonly password?: string | undefined }, context: RequestContext) {
    const caller = requirePermission('account:factors', context.caller);
    return { caller, origin: originOf(context), password: body.password };
  }

  return [
    implement(contract.showSecondFactor, async ({ body: { code } }, context) => {
      const session = context.session ?? '';
      const account = (await identity.awaitingLogin(session))?.account;
      const spend = account === undefined ? undefined : await codeProof(deps, account, code);
      const opened = await identity.completeSecondFactor(session, originOf(context), async (tx) => spend?.(tx));
      return welcome(opened, context);
    }),
    implement(contract.readFactors, async ({ params: { user } }, context) => {
      const caller = requirePermission('account:factors', context.caller);
      const own = isSelf(caller, user) ? await findAccount(database, caller.id) : undefined;
      return viewFactors(deps, own ?? (await resolveUser(database, caller, user, 'users:read')));
    }),
    implement(contract.beginTotp, ({ body }, context) => beginTotp(deps, attempts, ownProof(body, context))),
    implement(contract.finishTotp, async ({ body: { code } }, context) => {
      const { caller, origin } = ownProof({}, context);
      return { recoveryCodes: await finishTotp(deps, { caller, origin, code }) };
    }),
    implement(contract.renewRecoveryCodes, async ({ body }, context) => ({
      recoveryCodes: await renewRecoveryCodes(deps, attempts, { ...ownProof(body, context), code: body.code }),
    })),
    implement(contract.disableTotp, async ({ body }, context) => {
      await disableTotp(deps, attempts, { ...ownProof(body, context), code: body.code });
      return undefined;
    }),
    implement(contract.resetFactors, async ({ params: { user } }, context) => {
      await write(context, 'users:manage', (tx, caller) => resetFactors(deps, tx, caller, user));
      return undefined;
    }),
  ];
}
