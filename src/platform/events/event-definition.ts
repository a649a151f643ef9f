/** An event as data: what happened, in the past tense, and what is known about it. */
import type { ZodType } from 'zod';

import type { Instant } from '#kernel/brands';
import { KuraError } from '#kernel/errors';

export interface EventDefinition<Payload = unknown> {
  /** `module.thing-happened`. */
  readonly name: string;
  readonly schema: ZodType<Payload>;
}

export function defineEvent<Payload>(definition: EventDefinition<Payload>): EventDefinition<Payload> {
  if (!/^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(definition.name)) {
    throw new RangeError(`not an event name: ${definition.name}`);
  }
  return definition;
}

/** One event as a subscriber gets it. */
export interface PublishedEvent<Payload = unknown> {
  /** Grows in the order of commits; an idempotent consumer remembers it or `id`. */
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly at: Instant;
  readonly payload: Payload;
}

/** @throws KuraError `events.bad-payload`. */
export function checkEvent<Payload>(definition: EventDefinition<Payload>, payload: unknown): Payload {
  const checked = definition.schema.safeParse(payload);
  if (checked.success) return checked.data;
  const reason = checked.error.issues[0]?.message ?? '';
  throw new KuraError('internal', 'events.bad-payload', {
    params: { event: definition.name, reason },
    cause: checked.error,
  });
}
