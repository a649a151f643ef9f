/** Whose sessions are meant: of an account, or of the owner of the machine, who came by link and has none. */
import { KuraError } from '#kernel/errors';
import { type Caller, mayGrant, requirePermission } from '#platform/access';
import { permissions } from '#platform/contract';

import { resolveToChange, resolveUser } from '../accounts/account-rules.ts';
import type { Reader } from '../reader.ts';

/** No account can have this name. */
const owner = '~owner';

export interface WhoseSessions {
  /** Null for the owner of the machine. */
  readonly accountId: string | null;
  readonly name: string;
}

/** @throws as `resolveUser` */
export async function resolveSessions(
  reader: Reader,
  caller: Caller | undefined,
  user: string,
): Promise<WhoseSessions> {
  if (isOwner(caller, user)) {
    requirePermission(isOwnself(caller) ? 'account:self' : 'users:read', caller);
    return { accountId: null, name: owner };
  }
  const { id, username } = await resolveUser(reader, caller, user, 'users:read');
  return { accountId: id, name: username };
}

/** @throws as `resolveToChange`; of the owner’s sessions forbidden `identity.outranked` to who may not everything */
export async function resolveSessionsToEnd(reader: Reader, caller: Caller, user: string): Promise<WhoseSessions> {
  if (isOwner(caller, user)) {
    const changer = requirePermission(isOwnself(caller) ? 'account:self' : 'users:manage', caller);
    if (!mayGrant(changer.permissions, new Set(permissions))) {
      throw new KuraError('forbidden', 'identity.outranked', { params: { user: owner } });
    }
    return { accountId: null, name: owner };
  }
  const { id, username } = await resolveToChange(reader, caller, user);
  return { accountId: id, name: username };
}

function isOwner(caller: Caller | undefined, user: string): boolean {
  return user === owner || (user === 'me' && isOwnself(caller));
}

/** Whoever is here without an account has the machine. */
function isOwnself(caller: Caller | undefined): boolean {
  return caller !== undefined && caller.account === undefined;
}
