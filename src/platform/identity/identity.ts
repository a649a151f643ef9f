/** Identity as the application sees it: who is at the door, and everything about accounts. */
import type { Authenticate } from '#platform/http';

import type { Origin } from './actors.ts';
import { createAuthenticate } from './authenticate.ts';
import type { SpendProof } from './factors/code-proof.ts';
import { hasSecondFactor } from './factors/factor-policy.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { type Attempts, createAttempts } from './login/attempts.ts';
import { createLoginLink } from './login/owner-login.ts';
import type { LoggedIn } from './login/password-login.ts';
import { type AwaitingLogin, awaitingLogin, completeSecondFactor } from './sessions/sessions.ts';

export interface Identity {
  readonly deps: IdentityDeps;
  /** The one counter of failures for all login paths; a new path charges it before it looks at the credential. */
  readonly attempts: Attempts;
  /**
   * Finds out whose credentials these are. Throws a KuraError `unauthenticated` for credentials that are wrong or over,
   * `limit` for an address with too many wrong ones, `forbidden` for an address the role or key does not allow.
   */
  authenticator(adminToken: string): Authenticate;
  /** Whose second factor the session of this secret awaits; undefined when it awaits none. */
  awaitingLogin(session: string): Promise<AwaitingLogin | undefined>;
  /**
   * When `spend` finds the second factor right, a new session takes the place of the awaiting one; otherwise it counts as
   * a failed login. Throws a KuraError unauthenticated `identity.session-over`, `identity.second-factor-wrong`.
   */
  completeSecondFactor(session: string, origin: Origin, spend: SpendProof): Promise<LoggedIn>;
  /** A code that logs a browser in once, as the owner of the machine. */
  createLink(): Promise<string>;
}

export function createIdentity(given: IdentityDeps): Identity {
  const deps: IdentityDeps = {
    awaitsSecondFactor: ({ account }) => hasSecondFactor(given.database, account.id),
    ...given,
  };
  const attempts = createAttempts(deps);
  return {
    deps,
    attempts,
    authenticator: (adminToken) => createAuthenticate(deps, attempts, adminToken),
    awaitingLogin: (session) => awaitingLogin(deps, session),
    completeSecondFactor: (secret, origin, spend) => completeSecondFactor(deps, attempts, { secret, origin, spend }),
    createLink: () => createLoginLink(deps),
  };
}
