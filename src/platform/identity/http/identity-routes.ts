import type { RouteHandler } from '#platform/http';

import type { Identity } from '../identity.ts';
import { accountHandlers } from './account-handlers.ts';
import { deviceHandlers } from './device-handlers.ts';
import { everybodyHandlers } from './everybody-handlers.ts';
import { factorHandlers } from './factor-handlers.ts';
import { passkeyHandlers } from './passkey-handlers.ts';
import { providerHandlers } from './provider-handlers.ts';
import { roleAndKeyHandlers } from './role-and-key-handlers.ts';
import { sessionHandlers } from './session-handlers.ts';

/** Handlers of all contracts of identity. */
export function identityRoutes(identity: Identity, version: string): readonly RouteHandler[] {
  return [
    ...sessionHandlers(identity, version),
    ...accountHandlers(identity),
    ...roleAndKeyHandlers(identity),
    ...factorHandlers(identity),
    ...passkeyHandlers(identity),
    ...everybodyHandlers(identity),
    ...providerHandlers(identity),
    ...deviceHandlers(identity),
  ];
}
