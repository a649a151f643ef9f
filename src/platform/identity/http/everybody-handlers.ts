/** Handlers over all accounts at once. */
import { nowInstant } from '#kernel/clock';
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { listAllKeys, listAllSessions } from '../everybody/everybody-store.ts';
import type { Identity } from '../identity.ts';
import { viewKey } from '../keys/keys.ts';
import { viewSession } from '../sessions/sessions.ts';

export function everybodyHandlers({ deps: { database, clock } }: Identity): readonly RouteHandler[] {
  return [
    implement(contract.listEverySession, async ({ query: { limit } }, { caller }) => {
      const rows = await listAllSessions(database, nowInstant(clock), limit + 1);
      return {
        items: rows
          .slice(0, limit)
          .map((row) => ({ ...viewSession(row, caller?.sessionId), user: ownerOf(row.account_id, row) })),
        more: rows.length > limit,
      };
    }),
    implement(contract.listEveryKey, async ({ query: { limit, state } }) => {
      const liveAt = state === 'live' ? nowInstant(clock) : undefined;
      const rows = await listAllKeys(database, { limit: limit + 1, liveAt });
      return {
        items: rows.slice(0, limit).map((row) => ({ ...viewKey(row), user: viewOwner(row.account_id, row) })),
        more: rows.length > limit,
      };
    }),
  ];
}

interface OwnerColumns {
  readonly username: string | null;
  readonly active: number | null;
}

/** Nobody for a session of the machine's owner. */
function ownerOf(id: string | null, row: OwnerColumns): contract.OwnerView | null {
  return id === null ? null : viewOwner(id, row);
}

function viewOwner(id: string, { username, active }: OwnerColumns): contract.OwnerView {
  return { id, username: username ?? id, active: active === 1 };
}
