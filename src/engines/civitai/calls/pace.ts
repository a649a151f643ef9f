/**
 * One lane per host for everybody who calls it: requests start in order of arrival, never closer together than the
 * interval (models.md M-042, trap 22). Share one pace between all clients of a process.
 */
import type { Clock } from '#kernel/clock';

import { isLoopback } from '../hosts.ts';
import { sleep as realSleep, type Sleep } from './sleep.ts';

export interface Pace {
  /** Resolves when a request to `host` may start; rejects with the signal's reason when aborted, giving up its place. */
  acquire(host: string, signal: AbortSignal): Promise<void>;
  /** Nobody starts a request to `host` for so long: the far side asked for quiet. */
  pause(host: string, ms: number): void;
}

export interface PaceOptions {
  readonly clock: Clock;
  readonly sleep?: Sleep;
  /** Milliseconds between the starts of two requests; default 2000, on this machine 0. */
  readonly intervalMs?: (host: string) => number;
}

/** One request per two seconds is what the site's people ask of tools (models.md M-042). */
const POLITE_INTERVAL_MS = 2000;

interface Lane {
  /** Settles, never rejects, when everybody who came earlier has started or left. */
  tail: Promise<void>;
  /** Monotonic time from which the next request may start. */
  opensAt: number;
}

export function createPace({ clock, sleep = realSleep, intervalMs = politeInterval }: PaceOptions): Pace {
  const lanes = new Map<string, Lane>();

  function laneOf(host: string): Lane {
    const known = lanes.get(host);
    if (known !== undefined) return known;
    const lane: Lane = { tail: Promise.resolve(), opensAt: clock.monotonic() };
    lanes.set(host, lane);
    return lane;
  }

  async function acquire(host: string, signal: AbortSignal): Promise<void> {
    const lane = laneOf(host);
    const before = lane.tail;
    const turn = Promise.withResolvers<void>();
    lane.tail = before.then(() => turn.promise);
    try {
      await unlessAborted(before, signal);
      // Again after each sleep: a pause may have come meanwhile.
      for (let wait = lane.opensAt - clock.monotonic(); wait > 0; wait = lane.opensAt - clock.monotonic()) {
        await sleep(wait, signal);
      }
      signal.throwIfAborted();
      lane.opensAt = clock.monotonic() + intervalMs(host);
    } finally {
      turn.resolve();
    }
  }

  function pause(host: string, ms: number): void {
    const lane = laneOf(host);
    lane.opensAt = Math.max(lane.opensAt, clock.monotonic() + ms);
  }

  return { acquire, pause };
}

function politeInterval(host: string): number {
  return isLoopback(host) ? 0 : POLITE_INTERVAL_MS;
}

async function unlessAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  function onAbort(): void {
    aborted.reject(signal.reason);
  }
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
