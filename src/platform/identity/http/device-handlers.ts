/** Handlers of command lines that log in. */
import { KuraError } from '#kernel/errors';
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import { actorOfCaller } from '#platform/unit-of-work';

import * as contract from '../contract/index.ts';
import { askDeviceLogin, beginDeviceLogin, decideDeviceLogin, lookUpDeviceLogin } from '../devices/device-login.ts';
import type { Identity } from '../identity.ts';
import { endOwnKey } from '../keys/keys.ts';
import { originOf } from './session-handlers.ts';

export function deviceHandlers({ deps, attempts }: Identity): readonly RouteHandler[] {
  function own(context: RequestContext) {
    return { caller: requirePermission('account:self', context.caller), origin: originOf(context) };
  }
  return [
    implement(contract.beginDeviceLogin, ({ body }, context) =>
      beginDeviceLogin(deps, { ...body, origin: originOf(context) }),
    ),
    implement(contract.askDeviceLogin, ({ body }, context) =>
      askDeviceLogin(deps, attempts, { ...body, origin: originOf(context) }),
    ),
    implement(contract.lookUpDeviceLogin, ({ body }, context) =>
      lookUpDeviceLogin(deps, attempts, { ...body, ...own(context) }),
    ),
    implement(contract.decideDeviceLogin, async ({ body: { decision, userCode } }, context) => {
      await decideDeviceLogin(deps, attempts, { userCode, ...own(context) }, decision);
      return undefined;
    }),
    implement(contract.endOwnKey, async (_input, { caller, requestId }) => {
      if (caller?.keyId === undefined) throw new KuraError('unauthenticated', 'identity.key-missing');
      await deps.unitOfWork.write(actorOfCaller(caller, requestId), (tx) => endOwnKey(deps, tx, caller));
      return undefined;
    }),
  ];
}
