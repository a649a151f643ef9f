/**
 * One file from planned to its end: fetched, verified, scanned, and then placed or put into quarantine. Every step can be
 * repeated after a crash: what has arrived is kept, what stands under its name has been verified and scanned.
 */
import { chmod } from 'node:fs/promises';
import { basename } from 'node:path';

import { clearLeftovers, hashFile, type StagedFile } from '#engines/transfer';
import { KuraError, toKuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { Download } from '../../store/download-store.ts';
import { requireSiteScan, withSiteFinding } from '../consent/site-scan.ts';
import { sizeOf } from '../library/intact-file.ts';
import { type CheckedFile, checkFile } from '../scanning/check-file.ts';
import { putIntoQuarantine } from '../scanning/quarantine.ts';
import { ruleByPolicy } from '../scanning/rule-by-policy.ts';
import { isAdmitted } from '../scanning/scan-policy.ts';
import { renewBeside } from './beside-files.ts';
import type { DownloadDeps, RunOptions } from './download-deps.ts';
import { advance, reasonOf } from './download-record.ts';
import { fetchFile } from './fetch-file.ts';
import { withBytesKept } from './keep-wrong-bytes.ts';
import { originOf, recordPlaced } from './place-file.ts';
import type { PlannedFile } from './plan-file.ts';
import { clearSidecarDrafts } from './sidecars.ts';

/** A file whose bytes are known, on disk under some name. */
interface Measured {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * Runs the download to its end, which is the status of the record that comes back; what went wrong is its `reason`.
 * @throws KuraError of kind interrupted when the signal aborted (the record says `cancelled`, the part is kept); of a
 * kind that a later try can cure when `reason.code` does.
 */
export async function runDownload(
  deps: DownloadDeps,
  planned: PlannedFile,
  download: Download,
  options: RunOptions,
): Promise<Download> {
  try {
    if (planned.action !== 'get') await clearLeftovers(planned.path, deps.clock);
    if (planned.action === 'skip') await clearSidecarDrafts(planned.path);
    if (planned.action === 'skip') return await skip(deps, planned, download, options);
    if (planned.action === 'beside') return await renewBeside(deps, planned, download, options);
    if (planned.action === 'adopt') return await adopt(deps, planned, download, options);
    return await fetchAndPlace(deps, planned, download, options);
  } catch (thrown) {
    const wrong = { planned, error: toKuraError(thrown), reason: 'models.hash-mismatch' as const };
    const error = await withBytesKept(deps, wrong, options.actor);
    const wasStopped = options.signal.aborted || error.kind === 'interrupted';
    const ended = await advance(deps, options.actor, download, {
      status: wasStopped ? 'cancelled' : 'failed',
      reason: reasonOf(error),
    });
    deps.measures.ended(ended.status, 0);
    throw error;
  }
}

async function skip(
  deps: DownloadDeps,
  planned: PlannedFile,
  download: Download,
  { actor }: RunOptions,
): Promise<Download> {
  const { known } = planned;
  deps.measures.ended('skipped', 0);
  return advance(deps, actor, download, {
    status: 'skipped',
    path: planned.path,
    sizeBytes: known?.sizeBytes ?? download.sizeBytes,
    sha256: known?.sha256 ?? download.sha256,
    verdict: known?.verdict ?? null,
    reason: null,
  });
}

/** The right bytes stand under the right name, unrecorded: they are scanned like any others before they count. */
async function adopt(
  deps: DownloadDeps,
  planned: PlannedFile,
  download: Download,
  options: RunOptions,
): Promise<Download> {
  const { hashes, sizeBytes } = await hashFile(planned.path, { thread: deps.hashThread, signal: options.signal });
  const file = { path: planned.path, sizeBytes, sha256: hashes.SHA256 };
  const checked = await scan(deps, planned, file, options);
  const ruling = ruleByPolicy(deps, checked);
  if (!isAdmitted(ruling, download)) return quarantine(deps, { planned, download, file, checked }, options.actor);
  const measured = { hashes, sizeBytes, verifiedBy: 'SHA256' as const };
  return recordPlaced(deps, { planned, download, ...measured, checked, ruling, options });
}

async function fetchAndPlace(
  deps: DownloadDeps,
  planned: PlannedFile,
  download: Download,
  options: RunOptions,
): Promise<Download> {
  requireSiteScan(planned, download.acceptRisk);
  const running = await advance(deps, options.actor, download, { status: 'downloading', reason: null });
  const { staged: fetched, mirror } = await fetchFile(deps, { planned, download: running, options });
  await using staged = fetched;
  const scanning = await advance(deps, options.actor, running, { status: 'scanning', sha256: staged.hashes.SHA256 });
  report(deps, scanning, staged);
  const file = { path: staged.path, sizeBytes: staged.sizeBytes, sha256: staged.hashes.SHA256 };
  const checked = await scan(deps, planned, file, options);
  const ruling = ruleByPolicy(deps, checked);
  if (!isAdmitted(ruling, download)) {
    const ended = await quarantine(deps, { planned, download: scanning, file, checked }, options.actor);
    await staged.discard();
    return ended;
  }
  const replace = planned.replaces === true;
  if (!replace) await makeRoom(deps, planned, options.actor);
  // Other programs, which may run as other users, are to load it.
  await chmod(staged.path, 0o644);
  const { path } = await staged.commit({ replace });
  const { hashes, sizeBytes, verifiedBy, networkBytes, seconds } = staged;
  const measured = { ...scanning, networkBytes, seconds, toolVersion: deps.version ?? null, mirror };
  const placed = { planned: { ...planned, path }, download: measured, hashes, sizeBytes, verifiedBy };
  const ended = await recordPlaced(deps, { ...placed, checked, ruling, options });
  deps.measures.ended(ended.status, networkBytes);
  return ended;
}

function report(deps: DownloadDeps, download: Download, staged: StagedFile): void {
  deps.progress.downloadProgressed({
    downloadId: download.id,
    status: 'scanning',
    receivedBytes: staged.sizeBytes,
    totalBytes: staged.sizeBytes,
    bytesPerSecond: 0,
    etaSeconds: null,
    retries: staged.retries,
  });
}

async function scan(
  deps: DownloadDeps,
  planned: PlannedFile,
  file: Measured,
  options: RunOptions,
): Promise<CheckedFile> {
  const checked = await checkFile(deps, { path: file.path, name: planned.path, sha256: file.sha256 }, options);
  return withSiteFinding(checked, planned.file);
}

interface Refused {
  readonly planned: PlannedFile;
  readonly download: Download;
  readonly file: Measured;
  readonly checked: CheckedFile;
}

async function quarantine(deps: DownloadDeps, refused: Refused, actor: Actor): Promise<Download> {
  const { planned, download, file, checked } = refused;
  const { verdict, format, findings } = checked;
  const item = await putIntoQuarantine(deps.quarantine, actor, {
    ...file,
    originalPath: planned.path,
    reason: `models.verdict-${verdict}`,
    verdict,
    format,
    findings,
    origin: originOf(planned),
  });
  deps.measures.ended('quarantined', 0);
  return advance(deps, actor, download, {
    status: 'quarantined',
    path: item.path,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    verdict,
    reason: { code: item.reason, params: { name: basename(planned.path), id: item.id } },
  });
}

/** A damaged file of the library is not overwritten: it may be the person's own change. */
async function makeRoom(deps: DownloadDeps, planned: PlannedFile, actor: Actor): Promise<void> {
  const sizeBytes = await sizeOf(planned.path);
  if (sizeBytes === undefined) return;
  if (planned.known === undefined) {
    throw new KuraError('conflict', 'models.target-exists', { params: { path: planned.path } });
  }
  await putIntoQuarantine(deps.quarantine, actor, {
    path: planned.path,
    originalPath: planned.path,
    reason: 'models.damaged-on-disk',
    verdict: null,
    format: null,
    findings: [],
    sha256: null,
    sizeBytes,
    origin: originOf(planned),
  });
}
