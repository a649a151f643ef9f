/**
 * Identity (P-030 to P-037): accounts, roles, sessions, lockout, API keys, one-time links.
 *
 * A further way to log in (a directory, a passkey, another site) charges `identity.attempts` before it looks at the
 * credential, forgives on success, and begins the session with `openSession`, at stage `pending-second-factor` where one
 * is awaited; `identity.completeSecondFactor` then puts an open session in its place. A pending session is nobody to
 * every route. Alarms come from the audit log: failed logins, new administrators and risky logins have entries there.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createPeople } from './accounts/people.ts';
export { adminToken } from './admin-token.ts';
export { identityCommands } from './cli/identity-commands.ts';
export type {
  Directory,
  DirectoryGroup,
  DirectoryLogin,
  DirectoryPerson,
  DirectoryServerState,
  DirectoryStep,
  Explained,
  Fact,
  PersonState,
  Proof,
} from './directory/directory.ts';
export type { DirectoryAccess } from './directory/directory-access.ts';
export { scheduleDirectory } from './directory/directory-jobs.ts';
export { directoryProbe } from './directory/directory-probe.ts';
export { followDirectory } from './directory/follow-directory.ts';
export { directoryRoutes } from './http/directory-handlers.ts';
export { identityRoutes } from './http/identity-routes.ts';
export { createIdentity, type Identity } from './identity.ts';
export type { IdentityDeps, IdentitySettings, LoginToJudge, Sealer } from './identity-deps.ts';
export { identityJobHandlers, identityJobs } from './identity-jobs.ts';
export { identityMigrations } from './identity-migrations.ts';
export { keysProbe } from './keys/keys-probe.ts';
export { linkMinutes } from './login/owner-login.ts';
export type { LoginProvider, LoginSecrets, ProviderAccess, ProviderPerson } from './oidc/login-provider.ts';
export { newSecret } from './secret-hash.ts';
export const identityMessages: Catalogues = { en, ja };
