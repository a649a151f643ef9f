/** What all downloads of this process share: a hashing thread, connections, and how many of them there may be. */
import { createPictureSizer } from '#engines/pictures';
import { createSteering, type EgressPolicy, type NetworkOptions, Wire } from '#engines/transfer';
import type { Clock } from '#kernel/clock';

import { createLazyHashThread } from '../library/lazy-hash-thread.ts';
import type { DownloadDeps } from './download-deps.ts';

export interface DownloadMachinery extends AsyncDisposable {
  readonly parts: Pick<DownloadDeps, 'hashThread' | 'pictures' | 'steering' | 'wire'>;
}

interface MachineryDeps {
  readonly clock: Clock;
  readonly egress: EgressPolicy;
  readonly network?: NetworkOptions | undefined;
}

export function createDownloadMachinery(deps: MachineryDeps): DownloadMachinery {
  const hashThread = createLazyHashThread();
  const pictures = createPictureSizer();
  const steering = createSteering(deps.clock);
  const wire = new Wire(deps);
  return {
    parts: { hashThread, pictures, steering, wire },
    async [Symbol.asyncDispose]() {
      await hashThread[Symbol.asyncDispose]();
      await pictures[Symbol.asyncDispose]();
      steering[Symbol.dispose]();
      wire[Symbol.dispose]();
    },
  };
}
