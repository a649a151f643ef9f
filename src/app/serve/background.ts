/** What a server does without being asked: hears events, passes them to browsers, turns due times into jobs. */
import { hostname } from 'node:os';

import type { LiveHub } from '#platform/live';
import { startScheduleTicker } from '#platform/schedule';

import { configuredLogReceiver } from '../configured-log-receiver.ts';
import type { AppContext } from '../context.ts';
import { version } from '../version.ts';

export function startBackground(context: AppContext, live: LiveHub, stack: AsyncDisposableStack): void {
  for (const subscriber of [context.settings.subscriber, ...context.subscribers(live)]) {
    stack.use(context.events.subscribe(subscriber));
  }
  stack.use(context.audit.watch());
  stack.use(context.alerts.availability.watch((error) => context.logger.error('availability.not-noted', error)));
  const receiver = configuredLogReceiver(context.settings.loaded().config);
  if (receiver !== undefined) {
    stack.use(receiver);
    stack.use(context.audit.forward(receiver, { host: hostname(), version }));
  }
  stack.use(
    startScheduleTicker({
      scheduler: context.scheduler,
      holder: `${hostname()}:${process.pid}`,
      reportError: (error) => context.logger.error('schedule.background', error),
    }),
  );
}
