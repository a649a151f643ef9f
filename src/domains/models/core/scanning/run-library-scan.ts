/** Runs a scan of the library from where it stands, and keeps on record how far it has come. */
import { type BandwidthLimit, createBandwidthLimit, joinBandwidthLimits } from '#engines/transfer';
import { nowInstant } from '#kernel/clock';
import { SECOND } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { ScanCounts } from '../../contract/index.ts';
import { type LibraryScan, saveScanProgress } from '../../store/library-scan-store.ts';
import { type LibraryFile, listLibraryFiles } from '../../store/library-store.ts';
import type { LibraryScanDeps } from './library-scan-deps.ts';
import { libraryScanProgressed } from './scan-events.ts';
import { type ScannedLibraryFile, scanLibraryFile } from './scan-library-file.ts';

/** The report names no more changes than this; the audit log has all of them. */
const MOST_CHANGES = 200;
/** Positions begin with 1. */
const BEHIND_THE_LAST = '0';
const SAVE_EVERY_MS = SECOND;
const HEARTBEAT_MS = 5 * SECOND;

export interface ScanObserver {
  readonly onFile: (scanned: ScannedLibraryFile, counts: ScanCounts) => void;
}

/** The scan with its last counts; its status is the caller's. @throws the signal's reason, progress kept. */
export async function runLibraryScan(
  deps: LibraryScanDeps,
  begun: LibraryScan,
  observer: ScanObserver,
  { actor, signal }: { readonly actor: Actor; readonly signal: AbortSignal },
): Promise<LibraryScan> {
  let scan = begun;
  let savedAt = deps.clock.monotonic();
  const run = { actor, signal, bandwidth: bandwidthOf(deps, scan), fresh: scan.options.fresh };
  async function save(): Promise<void> {
    savedAt = deps.clock.monotonic();
    await saveProgress(deps, scan, actor);
  }
  // A file of many GB takes minutes; whoever looks sees that somebody is at it.
  let beat: Promise<unknown> = Promise.resolve();
  const heart = setInterval(() => {
    beat = save().catch((error: unknown) => deps.logger.warn('models.scan-progress', { reason: String(error) }));
  }, HEARTBEAT_MS);
  try {
    for await (const { file, after } of filesFrom(deps, scan)) {
      signal.throwIfAborted();
      const scanned = await scanLibraryFile(deps, file, run);
      scan = { ...advanced(scan, scanned), cursor: after };
      observer.onFile(scanned, scan.counts);
      if (deps.clock.monotonic() - savedAt > SAVE_EVERY_MS) await save();
    }
  } finally {
    clearInterval(heart);
    // One that is under way must not write older counts after the last ones.
    await beat;
    await save();
  }
  return scan;
}

export const noCounts: ScanCounts = {
  files: 0,
  clean: 0,
  suspicious: 0,
  invalid: 0,
  dangerous: 0,
  unscanned: 0,
  missing: 0,
  known: 0,
  changed: 0,
  quarantined: 0,
  bytesRead: 0,
};

/** A rate that was asked for counts besides that of the house. */
function bandwidthOf(deps: LibraryScanDeps, { options, jobId }: LibraryScan): BandwidthLimit {
  const asked = options.bytesPerSecond;
  const usual = jobId === null ? 0 : () => deps.scanBytesPerSecond?.() ?? 0;
  const limits = [createBandwidthLimit(usual, deps.clock)];
  if (asked !== undefined) limits.push(createBandwidthLimit(asked, deps.clock));
  return joinBandwidthLimits(limits) ?? createBandwidthLimit(0, deps.clock);
}

/** Last placed first, one by one: `after` is the cursor that goes on behind the file. */
async function* filesFrom(
  { database }: LibraryScanDeps,
  { cursor: from, options }: LibraryScan,
): AsyncGenerator<{ readonly file: LibraryFile; readonly after: string }> {
  let cursor = from;
  do {
    const page = await listLibraryFiles(database, { limit: 1, cursor });
    cursor = page.nextCursor;
    for (const file of page.items) {
      if (file.placedAt >= (options.since ?? '')) yield { file, after: cursor ?? BEHIND_THE_LAST };
    }
  } while (cursor !== undefined);
}

function advanced(scan: LibraryScan, scanned: ScannedLibraryFile): LibraryScan {
  const counts = { ...scan.counts, files: scan.counts.files + 1 };
  if ('missing' in scanned) return { ...scan, counts: { ...counts, missing: counts.missing + 1 } };
  const { checked, change } = scanned;
  counts[checked.verdict] += 1;
  counts.bytesRead += checked.bytesRead;
  if (checked.report === undefined) counts.known += 1;
  if (change === undefined) return { ...scan, counts };
  counts.changed += 1;
  if (change.outcome === 'quarantined') counts.quarantined += 1;
  return { ...scan, counts, changes: [...scan.changes, change].slice(0, MOST_CHANGES) };
}

async function saveProgress(deps: LibraryScanDeps, scan: LibraryScan, actor: Actor): Promise<void> {
  await deps.unitOfWork.write(actor, async (tx) => {
    await saveScanProgress(tx, { ...scan, updatedAt: nowInstant(deps.clock) });
    tx.publish(libraryScanProgressed, { id: scan.id, status: 'running', counts: scan.counts });
  });
}
