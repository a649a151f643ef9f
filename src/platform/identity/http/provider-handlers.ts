/** Handlers of logging in by a provider. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Identity } from '../identity.ts';
import { beginProviderLogin, logInByProvider } from '../oidc/provider-login.ts';
import { originOf, welcomer } from './session-handlers.ts';

export function providerHandlers(identity: Identity): readonly RouteHandler[] {
  const { deps, attempts } = identity;
  const welcome = welcomer(identity);
  return [
    implement(contract.beginProviderLogin, (_input, { signal }) => beginProviderLogin(deps, signal)),
    implement(contract.openByProvider, async ({ body }, context) => {
      const login = { ...body, origin: originOf(context), previous: context.session, signal: context.signal };
      return welcome(await logInByProvider(deps, attempts, login), context);
    }),
  ];
}
