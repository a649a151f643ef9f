import type { LockOwner } from '#platform/files';

import type { BatchProgressView } from '../../../contract/batch-shapes.ts';
import type { ProgressSink } from '../../../ports.ts';
import type { BatchItem } from '../../../store/batch-item-store.ts';
import type { Download } from '../../../store/download-store.ts';

/** Hears of a batch that runs in this process; must not throw. */
export interface BatchRunObserver {
  /** At most once a second, and at the end. */
  readonly onProgress: (progress: BatchProgressView) => void;
  /** An item came to its end, or waits for another round (`pending` with its reason). */
  readonly onItem: (item: BatchItem) => void;
  /** A file begins; its id is that of what `sink` hears. */
  readonly onFile: (download: Download) => void;
  /** Another process holds the library. */
  readonly onWait: (owner: LockOwner) => void;
  /** Bytes of single files. */
  readonly sink: ProgressSink;
}
