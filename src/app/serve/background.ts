/** What a server does without being asked: hears events, passes them to browsers, sweeps by time. */
import type { LiveHub } from '#platform/live';

import type { AppContext } from '../context.ts';

export function startBackground(context: AppContext, live: LiveHub, stack: AsyncDisposableStack): void {
  for (const subscriber of [context.settings.subscriber, ...context.subscribers(live)]) {
    stack.use(context.events.subscribe(subscriber));
  }
}
