/** What is done about files that should not be loaded: the policy, the quarantine, scans of the library. */
import type { PolicyAction } from './contract/index.ts';
import type { RunOptions } from './core/downloads/download-deps.ts';
import { releaseBy } from './core/scanning/release.ts';
import { type RestoreDeps, type RestoreRequest, restoreQuarantined } from './core/scanning/restore-quarantined.ts';
import type { LibraryFile } from './store/library-store.ts';
import { listQuarantineItems, type QuarantineItem } from './store/scan-store.ts';

export interface Scanning {
  readonly listQuarantine: () => Promise<readonly QuarantineItem[]>;
  /** What policy asks of whoever wants it back. */
  readonly releaseOf: (item: QuarantineItem) => PolicyAction;
  readonly restoreQuarantined: (request: RestoreRequest, options: RunOptions) => Promise<LibraryFile>;
}

export function createScanning(deps: RestoreDeps): Scanning {
  return {
    listQuarantine: async () => listQuarantineItems(deps.database),
    releaseOf: releaseBy(deps),
    restoreQuarantined: async (request, options) => restoreQuarantined(deps, request, options),
  };
}
