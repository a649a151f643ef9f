/** What a subscriber is. */
import { checkEvent, type EventDefinition, type PublishedEvent } from './event-definition.ts';

export interface EventContext {
  /** Aborts when the program stops. */
  readonly signal: AbortSignal;
}

/** May see an event more than once (after a crash, or when its own success could not be recorded): be idempotent. */
export type EventHandler<Payload> = (event: PublishedEvent<Payload>, context: EventContext) => Promise<void>;

/** One event with what to do on it, the payload's type forgotten; made by `onEvent` only. */
export interface EventReaction {
  readonly name: string;
  readonly handle: EventHandler<unknown>;
}

export function onEvent<Payload>(definition: EventDefinition<Payload>, handler: EventHandler<Payload>): EventReaction {
  return {
    name: definition.name,
    handle: async (event, context) => handler({ ...event, payload: checkEvent(definition, event.payload) }, context),
  };
}

export interface Subscriber {
  /** Names the durable cursor; a new name starts anew. */
  readonly name: string;
  readonly reactions: readonly EventReaction[];
  /** Where a subscriber without a cursor begins; default `start`: with the oldest event on record. */
  readonly from?: 'start' | 'now';
  /** After so many failures in a row an event is parked, so that those behind it get their turn; default 12. */
  readonly maxFailures?: number;
  /** The first wait after a failure, doubled with each further one up to 5 minutes, with full jitter; default 1000. */
  readonly retryMs?: number;
}

export interface Subscription extends AsyncDisposable {
  readonly name: string;
}
