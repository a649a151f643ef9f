/** Work on one copy. */
import type { BackupProgress } from '#engines/vault';
import type { Actor } from '#platform/unit-of-work';

import type { Copy, Job } from '../register/protected-job.ts';

export interface CopyWork {
  readonly actor: Actor;
  readonly job: Job;
  readonly copy: Copy;
  readonly signal: AbortSignal;
}

export interface BackUpCopy extends CopyWork {
  readonly onProgress?: ((progress: BackupProgress) => void) | undefined;
}
