/** Domain events in a transactional outbox (P-022): at least once, in order of commits, one durable cursor each. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { defineEvent, type EventDefinition, type PublishedEvent } from './event-definition.ts';
export { createEventOutbox, type EventOutbox } from './event-outbox.ts';
export type { EventOutboxOptions } from './event-outbox-options.ts';
export { eventMigrations } from './event-tables.ts';
export {
  type EventContext,
  type EventHandler,
  type EventReaction,
  onEvent,
  type Subscriber,
  type Subscription,
} from './subscription.ts';
export const eventsMessages: Catalogues = { en, ja };
