import type { BlobId } from './blob.ts';
import type { BlobPlace, BlobStore } from './blob-store.ts';
import type { VaultContext } from './vault-context.ts';
import type { Findings } from './verify-findings.ts';

/** One verification in progress. */
export interface VerifyRun {
  readonly context: VaultContext;
  readonly store: BlobStore;
  readonly signal: AbortSignal;
  readonly readData: boolean;
  readonly findings: Findings;
  /** Blobs some snapshot refers to. */
  readonly referenced: Set<BlobId>;
  /** Blobs whose contents were read in this run. */
  readonly read: Set<BlobId>;
  readonly onChecked: (id: BlobId, place: BlobPlace) => void;
}
