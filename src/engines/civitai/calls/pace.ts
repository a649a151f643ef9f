/**
 * One token bucket per host for everybody who calls it (models.md M-042 to M-044, trap 22). Share one pace between all
 * clients of a process.
 */
import type { Clock } from '#kernel/clock';
import { MINUTE } from '#kernel/units';

import { isLoopback } from '../hosts.ts';
import type { PaceOutcome } from './adaptive-rate.ts';
import { createLane, type HostPace, type Lane } from './lane.ts';
import { sleep as realSleep, type Sleep } from './sleep.ts';
import type { OnWait } from './wait.ts';

export interface Pace {
  /**
   * Resolves when a request to `host` may start; rejects with the signal's reason when aborted, giving up its place.
   * @throws KuraError limit `civitai.rate-limited` when the host asked for more quiet than anybody would sit out
   */
  acquire(host: string, signal: AbortSignal): Promise<void>;
  /** Nobody starts a request to `host` for so long: the far side asked for quiet. Held to one hour. */
  pause(host: string, ms: number): void;
  /** What became of a request that was sent at `sentAt` (monotonic). */
  report(host: string, outcome: PaceOutcome, sentAt: number): void;
  /** What was learned, by host; to be given to `createPace` in the next run. */
  snapshot(): PaceSnapshot;
}

export type PaceSnapshot = Readonly<Record<string, HostPace>>;

export interface PaceOptions {
  readonly clock: Clock;
  readonly sleep?: Sleep;
  /** Milliseconds between the starts of two requests at most speed; default 2000, on this machine 0. */
  readonly intervalMs?: (host: string) => number;
  /** Quiet beyond this makes callers fail at once instead of waiting; default 10 minutes. */
  readonly patienceMs?: number;
  /** State of an earlier run. */
  readonly restored?: PaceSnapshot;
  /** Called after anything that a snapshot would show. */
  readonly onChange?: () => void;
  readonly onWait?: OnWait;
}

/** One request per two seconds is what the site's people ask of tools (models.md M-042). */
const POLITE_INTERVAL_MS = 2000;

export function createPace(options: PaceOptions): Pace {
  const { intervalMs = politeInterval } = options;
  const lanes = new Map<string, Lane>();

  function openLane(host: string, earlier?: HostPace): Lane {
    const lane = createLane({
      host,
      clock: options.clock,
      sleep: options.sleep ?? realSleep,
      ceilingMs: () => intervalMs(host),
      patienceMs: options.patienceMs ?? 10 * MINUTE,
      earlier,
      onChange: () => options.onChange?.(),
      onWait: (wait) => options.onWait?.(wait),
    });
    lanes.set(host, lane);
    return lane;
  }

  function laneOf(host: string): Lane {
    return lanes.get(host) ?? openLane(host);
  }

  for (const [host, earlier] of Object.entries(options.restored ?? {})) openLane(host, earlier);

  return {
    acquire: async (host, signal) => laneOf(host).acquire(signal),
    pause: (host, ms) => laneOf(host).pause(ms),
    report: (host, outcome, sentAt) => laneOf(host).report(outcome, sentAt),
    snapshot: () => Object.fromEntries([...lanes].map(([host, lane]) => [host, lane.snapshot()])),
  };
}

function politeInterval(host: string): number {
  return isLoopback(host) ? 0 : POLITE_INTERVAL_MS;
}
