/**
 * The one answer to "database is locked" and to serialization failures: wait a random moment, try again, give up in the
 * end. SQLite's own busy handler is off because it would block the event loop while it waits.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock, Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { isCollision } from './driver-errors.ts';

const FIRST_WAIT_MS = 4;
const LONGEST_WAIT_MS = 250;
const GIVE_UP_AFTER_MS = 20 * SECOND;

export interface RetryDeps {
  readonly clock: Clock;
  readonly random: Random;
}

export async function retryCollisions<R>(
  deps: RetryDeps,
  signal: AbortSignal | undefined,
  attempt: () => Promise<R>,
): Promise<R> {
  const start = deps.clock.monotonic();
  for (let tries = 0; ; tries += 1) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!isCollision(error)) throw error;
      if (deps.clock.monotonic() - start > GIVE_UP_AFTER_MS)
        throw new KuraError('unavailable', 'db.busy', { cause: error });
    }
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10));
    await sleep(deps.random.fraction() * ceiling, undefined, signal === undefined ? {} : { signal });
  }
}
