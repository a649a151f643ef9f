/** The one composition root: configuration → platform → domains → routes. */
import { createKnowledge, type Knowledge, knowledgeRoutes } from '#knowledge';
import type { Globals, Output } from '#platform/cli';
import type { Environment } from '#platform/config';
import type { Subscriber } from '#platform/events';
import type { Probe } from '#platform/health';
import type { RouteHandler } from '#platform/http';
import type { HandledJob } from '#platform/jobs';
import type { LiveHub } from '#platform/live';

import { openPlatform, type Platform } from './open-platform.ts';
import { platformProbes } from './platform-probes.ts';
import { platformRoutes } from './platform-routes.ts';

export interface ContextOptions {
  readonly home: string;
  readonly environment: Environment;
  readonly globals: Globals;
  readonly command: string;
  readonly out: Output;
  /** Values given as flags, by dotted key. */
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly logToTerminal?: boolean;
}

export interface AppContext extends Platform, AsyncDisposable {
  readonly knowledge: Knowledge;
  readonly probes: readonly Probe[];
  readonly jobHandlers: readonly HandledJob[];
  /** Who hears of events in a server; some pass them on to browsers. */
  readonly subscribers: (live: LiveHub) => readonly Subscriber[];
  /** Handlers of every contract the server has; the command line calls them in process. */
  readonly handlers: () => readonly RouteHandler[];
}

/** Opens everything; on failure whatever was opened before is closed again. */
export async function openContext(options: ContextOptions): Promise<AppContext> {
  await using stack = new AsyncDisposableStack();
  const platform = await openPlatform(
    {
      home: options.home,
      environment: options.environment,
      ...(options.flags === undefined ? {} : { flags: options.flags }),
      logToTerminal: options.logToTerminal ?? false,
      role: options.command,
    },
    stack,
  );
  const knowledge = createKnowledge(platform);
  const probes = platformProbes(platform);
  const handlers: readonly RouteHandler[] = [
    ...platformRoutes({ platform, probes, handlers: () => handlers }),
    ...knowledgeRoutes(knowledge),
  ];
  const owned = stack.move();
  return {
    ...platform,
    knowledge,
    probes,
    jobHandlers: [],
    subscribers: () => [],
    handlers: () => handlers,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
