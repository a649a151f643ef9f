import type { Caller } from '#platform/access';

/** Who does something: a snapshot, so that the record stays readable after the user is renamed or gone. */
export interface Actor {
  readonly kind: 'user' | 'system' | 'cli' | 'job';
  readonly id: string;
  readonly name: string;
  /** From where: a client address, a terminal. */
  readonly from?: string;
  /** Joins everything that one request or run caused. */
  readonly correlationId?: string;
}

/** A caller in the record, with the address a request came from. */
export function actorOfCaller({ kind, id, name, from }: Caller, correlationId: string): Actor {
  return { kind, id, name, correlationId, ...(from === undefined ? {} : { from }) };
}
