/** Who is at the door: the admin token, one-time links, and browser sessions (idle 60 min, absolute 12 h; P-033). */

import { instant } from '#kernel/brands';
import { type Clock, nowInstant, type Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { HOUR, MINUTE } from '#kernel/units';
import { adminCaller, type Caller } from '#platform/access';
import type { Database } from '#platform/db';
import type { Credentials } from '#platform/http';

import { sameSecret } from './admin-token.ts';
import { deleteSession, findSession, insertLink, insertSession, touchSession, useLink } from './identity-store.ts';
import { newSecret, secretHash } from './secret-hash.ts';

export const linkMinutes = 30;
const idleMs = 60 * MINUTE;
const absoluteMs = 12 * HOUR;

export interface Identity {
  /** @throws KuraError unauthenticated for credentials that are wrong or over */
  authenticate(credentials: Credentials): Promise<Caller | undefined>;
  /** A code that logs a browser in once. */
  createLink(): Promise<string>;
  /** @throws KuraError unauthenticated `identity.link-used` */
  openSession(code: string): Promise<{ readonly caller: Caller; readonly session: string }>;
  closeSession(session: string): Promise<void>;
}

export interface IdentityDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly adminToken: string;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const { database, clock, random } = deps;
  return {
    async authenticate({ bearer, session }) {
      if (bearer !== undefined) {
        if (!sameSecret(bearer, deps.adminToken)) throw new KuraError('unauthenticated', 'identity.bad-token');
        return adminCaller();
      }
      return session === undefined ? undefined : sessionCaller(session, deps);
    },
    async createLink() {
      const code = newSecret(random);
      const now = clock.now();
      await database.transaction((tx) =>
        insertLink(tx, {
          code_hash: secretHash(code),
          created_at: instant(new Date(now)),
          expires_at: instant(new Date(now + linkMinutes * MINUTE)),
          used_at: null,
        }),
      );
      return code;
    },
    async openSession(code) {
      const session = newSecret(random);
      const now = clock.now();
      const caller = adminCaller();
      await database.transaction(async (tx) => {
        if (!(await useLink(tx, secretHash(code), nowInstant(clock)))) {
          throw new KuraError('unauthenticated', 'identity.link-used');
        }
        await insertSession(tx, {
          id_hash: secretHash(session),
          actor_id: caller.id,
          actor_name: caller.name,
          created_at: instant(new Date(now)),
          last_seen_at: instant(new Date(now)),
          expires_at: instant(new Date(now + absoluteMs)),
        });
      });
      return { caller, session };
    },
    closeSession: (session) => database.transaction((tx) => deleteSession(tx, secretHash(session), nowInstant(clock))),
  };
}

async function sessionCaller(session: string, deps: IdentityDeps): Promise<Caller> {
  const hash = secretHash(session);
  const row = await findSession(deps.database, hash);
  const now = deps.clock.now();
  if (row === undefined || Date.parse(row.expires_at) <= now || Date.parse(row.last_seen_at) + idleMs <= now) {
    throw new KuraError('unauthenticated', 'identity.session-over');
  }
  // Once a minute is enough for an idle limit of an hour, and spares a write per request.
  if (now - Date.parse(row.last_seen_at) > MINUTE) {
    await deps.database.transaction((tx) => touchSession(tx, hash, instant(new Date(now))));
  }
  return adminCaller();
}
