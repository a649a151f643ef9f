import type { Caller } from '#platform/access';

import type { PresenceMode } from './contract/index.ts';

/** What this server knows of one connection. */
export interface SocketFacts {
  /** As of the last look. */
  caller: Caller;
  /** Subjects that are open, and how. */
  readonly open: Map<string, PresenceMode>;
}
