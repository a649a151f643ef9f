/** Identity: the local admin token, one-time links and browser sessions. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { adminToken } from './admin-token.ts';
export { createIdentity, type Identity, linkMinutes } from './identity.ts';
export { identityMigrations } from './identity-store.ts';
export { sessionContracts, sessionRoutes } from './session-routes.ts';
export const identityMessages: Catalogues = { en, ja };
