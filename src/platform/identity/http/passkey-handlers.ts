/** Handlers of passkeys. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Identity } from '../identity.ts';
import { removePasskey, renamePasskey, viewPasskey } from '../passkeys/own-passkeys.ts';
import { askForPasskey, logInByPasskey } from '../passkeys/passkey-login.ts';
import { beginPasskey, finishPasskey } from '../passkeys/register-passkey.ts';
import { originOf, welcomer } from './session-handlers.ts';

export function passkeyHandlers(identity: Identity): readonly RouteHandler[] {
  const { deps, attempts } = identity;
  const welcome = welcomer(identity);

  function own(context: RequestContext) {
    return { caller: requirePermission('account:factors', context.caller), origin: originOf(context) };
  }

  return [
    implement(contract.askForPasskey, async (_input, context) => ({
      ...(await askForPasskey(deps, originOf(context))),
    })),
    implement(contract.openByPasskey, async ({ body: { response } }, context) => {
      const login = { response, origin: originOf(context), previous: context.session };
      return welcome(await logInByPasskey(deps, attempts, login), context);
    }),
    implement(contract.beginPasskey, async ({ body: { password } }, context) => ({
      ...(await beginPasskey(deps, attempts, { ...own(context), password })),
    })),
    implement(contract.finishPasskey, async ({ body }, context) => {
      const { row, recoveryCodes } = await finishPasskey(deps, { ...own(context), ...body });
      return { passkey: viewPasskey(row), recoveryCodes };
    }),
    implement(contract.renamePasskey, async ({ params: { id }, body: { name } }, context) => {
      await renamePasskey(deps, { ...own(context), id, name });
      return undefined;
    }),
    implement(contract.removePasskey, async ({ params: { id }, body: { password, code } }, context) => {
      await removePasskey(deps, attempts, { ...own(context), password, code }, id);
      return undefined;
    }),
  ];
}
