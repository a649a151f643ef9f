/** A clock that stands still until everybody sleeps, then jumps to the first who wants to wake. */
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '#kernel/clock';

import type { Sleep } from '../calls/sleep.ts';

export interface ManualTime {
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Milliseconds asked of `sleep`, in order. */
  readonly slept: readonly number[];
  /** Lets time pass until `promise` settles. */
  settle<T>(promise: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** Starts at `epochMs`; monotonic time starts at 0. */
export function manualTime(epochMs = Date.UTC(2026, 10, 22)): ManualTime {
  let elapsed = 0;
  const slept: number[] = [];
  const sleepers = new Set<Sleeper>();

  async function sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    slept.push(ms);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { at: elapsed + ms, wake: resolve };
    sleepers.add(sleeper);
    signal.addEventListener('abort', () => {
      sleepers.delete(sleeper);
      reject(signal.reason);
    });
    await promise;
  }

  async function settle<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = promise.finally(() => {
      settled = true;
    });
    done.catch(() => undefined);
    for (let idle = 0; idle < 50; ) {
      await nextTurn();
      if (settled) return done;
      const next = [...sleepers].toSorted((a, b) => a.at - b.at)[0];
      idle = next === undefined ? idle + 1 : 0;
      if (next === undefined) continue;
      sleepers.delete(next);
      elapsed = Math.max(elapsed, next.at);
      next.wake();
    }
    throw new Error('nobody sleeps and nothing settles');
  }

  return { clock: { now: () => epochMs + elapsed, monotonic: () => elapsed }, sleep, slept, settle };
}
