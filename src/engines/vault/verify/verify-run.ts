import type { BlobId } from '../format/blob.ts';
import type { BlobLengths } from '../objects/blob-lengths.ts';
import type { BlobSet } from '../objects/blob-set.ts';
import type { BlobPlace, BlobStore } from '../objects/blob-store.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import type { Findings } from './verify-findings.ts';

/** One verification in progress. */
export interface VerifyRun {
  readonly context: VaultContext;
  readonly store: BlobStore;
  readonly signal: AbortSignal;
  /** Every content is read, file by file. */
  readonly readData: boolean;
  /** Contents are read: all of them, or stored files that were chosen. */
  readonly reading: boolean;
  readonly findings: Findings;
  /** Blobs some snapshot refers to. */
  readonly referenced: BlobSet;
  /** Of blobs whose contents were read in this run: none is read twice, however many contents share it. */
  readonly read: BlobLengths;
  readonly onChecked: (id: BlobId, place: BlobPlace) => void;
}
