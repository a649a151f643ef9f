/** Who the audit log names for what happens before or at a login. */
import type { Client } from '#platform/http';
import type { Actor } from '#platform/unit-of-work';

import type { AccountRow } from './identity-tables.ts';

export interface Origin {
  readonly client?: Client | undefined;
  readonly requestId: string;
}

export function nobody(origin: Origin): Actor {
  return { kind: 'system', id: 'nobody', name: 'nobody', ...originOf(origin) };
}

/** Whoever has the machine, come in by link. */
export function ownerActor(origin: Origin): Actor {
  return { kind: 'user', id: 'admin', name: 'admin', ...originOf(origin) };
}

export function accountActor({ id, username }: AccountRow, origin: Origin): Actor {
  return { kind: 'user', id, name: username, ...originOf(origin) };
}

function originOf({ client, requestId }: Origin): Pick<Actor, 'from' | 'correlationId'> {
  return { correlationId: requestId, ...(client?.address === undefined ? {} : { from: client.address }) };
}
