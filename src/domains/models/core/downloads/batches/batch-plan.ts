/** What a batch would do, before it does anything. */
import type { LicenceDuty, SiteScanView } from '../../../contract/index.ts';
import type { StoredReason } from '../../../store/reason-column.ts';

export interface BadLine {
  /** From 1. */
  readonly line: number;
  readonly reason: StoredReason;
}

/** One file of a plan without the site's answers behind it: thousands of them fit into memory. */
export interface PlannedItem {
  readonly ref: string;
  /** `skip`: it seems to be there (its size agrees; its hash is checked when its turn comes). */
  readonly action: 'get' | 'skip' | 'failed';
  /** Which file of the version was asked for; null = the best. */
  readonly selector: string | null;
  /** These are null for a reference the site has not been asked about: it will be when its turn comes. */
  readonly modelId: number | null;
  readonly versionId: number | null;
  readonly fileId: number | null;
  readonly name: string | null;
  readonly type: string | null;
  /** Where it will stand, unless another file has taken the name by then. */
  readonly path: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly alternatives: ReadonlyArray<{
    readonly fileId: number;
    readonly name: string;
    readonly type: string;
    readonly sizeBytes: number | null;
  }>;
  readonly siteScan: SiteScanView | null;
  /** Why only mirrors can be asked for it; null where the site can be. */
  readonly siteFault: StoredReason | null;
  readonly reason: StoredReason | null;
}

export interface BatchPlan {
  readonly files: number;
  /** Of files to fetch, as far as sizes are known. */
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly reserveBytes: number;
  readonly fits: boolean;
  /** Files whose size nobody tells. */
  readonly unknownSizes: number;
  /** References the site has not been asked about yet; they are counted in `files` and `unknownSizes`. */
  readonly unresolved: number;
  readonly skipped: number;
  readonly failed: number;
  readonly badLines: readonly BadLine[];
  readonly licences: ReadonlyArray<{ readonly duties: readonly LicenceDuty[]; readonly files: number }>;
  /** `likeness`: real people, not fetched without a yes; `pickle`: may need one for what the scan finds. */
  readonly consents: ReadonlyArray<{
    readonly kind: 'likeness' | 'pickle';
    readonly files: number;
    readonly given: boolean;
  }>;
  /** In order; the first 1,000. */
  readonly items: readonly PlannedItem[];
}
