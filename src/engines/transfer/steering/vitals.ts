/** How the process itself is: what says that fewer connections would do everybody good. */
import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '#kernel/clock';
import { SECOND } from '#kernel/units';

export interface Vitals {
  /** How late the event loop came to nine of ten timers, at most. */
  readonly lagMs: number;
  /** CPU of this process as a share of all cores, 0…1. */
  readonly cpuShare: number;
  /** Resident memory of the process. */
  readonly rssBytes: number;
}

export interface VitalsWatch extends Disposable {
  /** Over the last second or more. */
  read(): Vitals;
}

const RESOLUTION_MS = 20;
const READ_EVERY_MS = SECOND;

/** Watches until disposed; costs one timer of 20 ms, which keeps no process alive. */
export function watchVitals(clock: Clock): VitalsWatch {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let readAt = clock.monotonic();
  let cpu = process.cpuUsage();
  let last: Vitals = { lagMs: 0, cpuShare: 0, rssBytes: process.memoryUsage.rss() };
  return {
    read() {
      const elapsedMs = clock.monotonic() - readAt;
      if (elapsedMs < READ_EVERY_MS) return last;
      const used = process.cpuUsage(cpu);
      const cpuMs = (used.user + used.system) / 1000;
      last = {
        lagMs: Math.max(0, delay.percentile(90) / 1e6 - RESOLUTION_MS),
        cpuShare: cpuMs / (elapsedMs * availableParallelism()),
        rssBytes: process.memoryUsage.rss(),
      };
      delay.reset();
      cpu = process.cpuUsage();
      readAt = clock.monotonic();
      return last;
    },
    [Symbol.dispose]: () => delay.disable(),
  };
}
