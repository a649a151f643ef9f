/** What the outbox and its subscribers run on. */
import type { Clock, Random } from '#kernel/clock';
import type { Database } from '#platform/db';

export interface EventOutboxOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  /** A handler failed, or the database was away; the subscriber goes on by itself. */
  readonly reportError: (error: unknown) => void;
  /** How often to look for events of other processes; default 1000. */
  readonly pollMs?: number;
}
