/** What is done about files that should not be loaded: the policy, the quarantine, scans of the library. */
import { ruleSetVersion } from '#engines/modelscan';
import { type HandledJob, handleJob, type JobKind } from '#platform/jobs';
import type { Scheduler } from '#platform/schedule';
import type { Actor } from '#platform/unit-of-work';

import type { PolicyAction } from './contract/index.ts';
import { systemActor } from './core/actor.ts';
import type { RunOptions } from './core/downloads/download-deps.ts';
import { type KnownFacts, knownFacts } from './core/facts/known-facts.ts';
import { knownExternalScans } from './core/scanning/external-scan.ts';
import type { LibraryScanDeps } from './core/scanning/library-scan-deps.ts';
import { createLibraryScans, type LibraryScans } from './core/scanning/library-scans.ts';
import { releaseBy } from './core/scanning/release.ts';
import { type RestoreRequest, restoreQuarantined } from './core/scanning/restore-quarantined.ts';
import { libraryScanProgressed } from './core/scanning/scan-events.ts';
import { SCAN_PRIORITY, scanLibraryJob, setUpScanSchedule } from './core/scanning/scan-library-job.ts';
import { readScanStatus, type ScanStatus } from './core/scanning/scan-status.ts';
import { type KnownVirusScan, knownVirusScan } from './core/scanning/virus-scan.ts';
import type { StoredExternalScan } from './store/external-scan-store.ts';
import { listScannedFiles, type ScannedFile, type ScannedFileFilter, scanFigures } from './store/file-scan-store.ts';
import type { LibraryFile } from './store/library-store.ts';
import { listQuarantineItems, type QuarantineItem } from './store/scan-store.ts';

export interface ScanningDeps extends LibraryScanDeps {
  readonly scheduler: Scheduler;
}

export interface Scanning {
  readonly scans: LibraryScans;
  readonly scanStatus: () => Promise<ScanStatus>;
  readonly listScannedFiles: (
    filter: ScannedFileFilter,
  ) => Promise<{ readonly items: readonly ScannedFile[]; readonly nextCursor: string | undefined }>;
  /** What a file of the library is by its content; null = it does not tell, or nobody has looked. */
  readonly factsOf: (file: LibraryFile) => Promise<KnownFacts | null>;
  /** What the virus scanner said of a file of the library. */
  readonly virusScanOf: (file: Pick<LibraryFile, 'sha256'>) => Promise<KnownVirusScan>;
  /** What external scanners said of it. */
  readonly externalScansOf: (file: Pick<LibraryFile, 'sha256'>) => Promise<readonly StoredExternalScan[]>;
  /** What a server does by itself: scans by time, and once when it begins with rules the library was not scanned by. */
  readonly setUpScans: (actor: Actor) => Promise<void>;
  readonly listQuarantine: () => Promise<readonly QuarantineItem[]>;
  /** What policy asks of whoever wants it back. */
  readonly releaseOf: (item: QuarantineItem) => PolicyAction;
  readonly restoreQuarantined: (request: RestoreRequest, options: RunOptions) => Promise<LibraryFile>;
}

export const scanningJobs: readonly JobKind[] = [scanLibraryJob];
export const scanningEvents = { libraryScanProgressed } as const;

export function createScanning(deps: ScanningDeps): Scanning {
  return {
    scans: createLibraryScans(deps),
    scanStatus: async () => readScanStatus(deps),
    listScannedFiles: async (filter) => listScannedFiles(deps.database, filter),
    factsOf: async (file) => knownFacts(deps, file),
    virusScanOf: async ({ sha256 }) => knownVirusScan(deps, sha256),
    externalScansOf: async ({ sha256 }) => knownExternalScans(deps, sha256),
    setUpScans: async (actor) => {
      const { outdated } = await scanFigures(deps.database, ruleSetVersion);
      const { kind, id, name } = systemActor;
      await deps.unitOfWork.write(actor, async (tx) => {
        await setUpScanSchedule(deps.scheduler, tx, deps.scanDays?.() ?? 0);
        if (outdated === 0) return;
        const options = { priority: SCAN_PRIORITY, idempotencyKey: `rules-${ruleSetVersion}` };
        await tx.enqueue(scanLibraryJob, { trigger: 'new-rules', actor: { kind, id, name } }, options);
      });
    },
    listQuarantine: async () => listQuarantineItems(deps.database),
    releaseOf: releaseBy(deps),
    restoreQuarantined: async (request, options) =>
      restoreQuarantined({ ...deps, ...deps.quarantine }, request, options),
  };
}

export function scanningHandlers(deps: ScanningDeps): readonly HandledJob[] {
  const scans = createLibraryScans(deps);
  return [handleJob(scanLibraryJob, async (job) => scans.runJob(job))];
}
