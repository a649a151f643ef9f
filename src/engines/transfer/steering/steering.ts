/** What transfers of one process share to steer their connections. */
import type { Clock } from '#kernel/clock';

import { HostState } from './host-state.ts';
import { type Vitals, type VitalsWatch, watchVitals } from './vitals.ts';

export interface Steering extends Disposable {
  /** What is known about `host` (name and port); the same object for the same host. */
  host(host: string): HostState;
  vitals(): Vitals;
}

/** Hosts remembered; a process meets a handful, a crawl over links must not grow without end. */
const MAX_HOSTS = 256;

/** One for a process: transfers that are given the same one share a host's connections and learn from each other. */
export function createSteering(clock: Clock): Steering {
  const hosts = new Map<string, HostState>();
  let watch: VitalsWatch | undefined;
  return {
    host(name) {
      const known = hosts.get(name) ?? new HostState(name, clock);
      // Last in the order of the map: most recently used.
      hosts.delete(name);
      hosts.set(name, known);
      const [oldest] = hosts.keys();
      if (hosts.size > MAX_HOSTS && oldest !== undefined) hosts.delete(oldest);
      return known;
    },
    vitals() {
      watch ??= watchVitals(clock);
      return watch.read();
    },
    [Symbol.dispose]: () => watch?.[Symbol.dispose](),
  };
}
