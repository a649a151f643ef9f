/** What all downloads of this process share: a hashing thread, connections, and how many of them there may be. */
import { createSteering, type EgressPolicy, type NetworkOptions, Wire } from '#engines/transfer';
import type { Clock } from '#kernel/clock';

import { createLazyHashThread } from '../library/lazy-hash-thread.ts';
import type { DownloadDeps } from './download-deps.ts';

export interface DownloadMachinery extends AsyncDisposable {
  readonly parts: Pick<DownloadDeps, 'hashThread' | 'steering' | 'wire'>;
}

interface MachineryDeps {
  readonly clock: Clock;
  readonly egress: EgressPolicy;
  readonly network?: NetworkOptions | undefined;
}

export function createDownloadMachinery(deps: MachineryDeps): DownloadMachinery {
  const hashThread = createLazyHashThread();
  const steering = createSteering(deps.clock);
  const wire = new Wire(deps);
  return {
    parts: { hashThread, steering, wire },
    async [Symbol.asyncDispose]() {
      await hashThread[Symbol.asyncDispose]();
      steering[Symbol.dispose]();
      wire[Symbol.dispose]();
    },
  };
}
