/**
 * One file of the library before the rules of today. Its bytes are hashed only when they have changed or were never
 * hashed, and scanned only when these bytes were not scanned by these rules. What has become worse is dealt with by
 * policy: blocked files go into quarantine, anything else is reported.
 */
import { type BandwidthLimit, hashFile } from '#engines/transfer';
import { nowInstant } from '#kernel/clock';
import { systemCode } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { ScanChange } from '../../contract/index.ts';
import { findFileScan, removeFileScan, saveFileScan } from '../../store/file-scan-store.ts';
import { type LibraryFile, markVerdict, removeLibraryFile } from '../../store/library-store.ts';
import { findMeasuredHashes, saveMeasuredHashes } from '../../store/measured-hash-store.ts';
import { withSiteFinding } from '../consent/site-scan.ts';
import { factsOf } from '../hashing/file-facts.ts';
import { spellHashes } from '../hashing/spell-hashes.ts';
import { type CheckedFile, checkFile } from './check-file.ts';
import type { LibraryScanDeps } from './library-scan-deps.ts';
import { putIntoQuarantine } from './quarantine.ts';
import { ruleByPolicy } from './rule-by-policy.ts';
import type { Ruling } from './scan-policy.ts';
import { siteWordOn } from './site-word.ts';

export interface FileScanRun {
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly bandwidth: BandwidthLimit;
  /** Scan also what has been scanned by the rules of today. */
  readonly fresh: boolean;
}

export type ScannedLibraryFile =
  | { readonly file: LibraryFile; readonly checked: CheckedFile; readonly change: ScanChange | undefined }
  /** Not there, or not readable. */
  | { readonly file: LibraryFile; readonly missing: true };

/** @throws the signal's reason */
export async function scanLibraryFile(
  deps: LibraryScanDeps,
  file: LibraryFile,
  run: FileScanRun,
): Promise<ScannedLibraryFile> {
  const sha256 = await measured(deps, file, run);
  if (sha256 === undefined) return { file, missing: true };
  const scanned = await checkFile(deps, { path: file.path, name: file.name, sha256, fresh: run.fresh }, run);
  // What the site says stays part of the verdict: it may have looked again since the download.
  const checked = withSiteFinding(scanned, await siteWordOn(deps.database, file, sha256));
  await run.bandwidth.take(checked.bytesRead, run.signal);
  if (checked.verdict === file.verdict) {
    await keep(deps, file, checked, run.actor);
    return { file, checked, change: undefined };
  }
  return { file, checked, change: await change(deps, file, checked, run) };
}

/** Undefined when the file cannot be read. */
async function measured(
  deps: LibraryScanDeps,
  file: LibraryFile,
  { actor, signal, bandwidth }: FileScanRun,
): Promise<string | undefined> {
  try {
    const facts = await factsOf(file.path);
    const known = await findMeasuredHashes(deps.database, facts);
    if (known !== undefined) return known.SHA256.toLowerCase();
    const { hashes } = await hashFile(file.path, { thread: deps.hashThread, signal, bandwidth });
    await deps.unitOfWork.write(actor, async (tx) =>
      saveMeasuredHashes(tx, facts, spellHashes(hashes), nowInstant(deps.clock)),
    );
    return hashes.SHA256;
  } catch (error) {
    signal.throwIfAborted();
    if (systemCode(error) !== 'ENOENT') {
      deps.logger.warn('models.scan-unreadable', { path: file.path, reason: String(error) });
    }
    return undefined;
  }
}

/** Writes only what is news, so that a library that has not changed is not written to. */
async function keep(deps: LibraryScanDeps, file: LibraryFile, checked: CheckedFile, actor: Actor): Promise<void> {
  const known = await findFileScan(deps.database, file.path);
  if (known?.ruleSet === checked.ruleSet && known.sha256 === checked.sha256 && checked.report === undefined) return;
  await deps.unitOfWork.write(actor, async (tx) => saveFileScan(tx, file.path, checked));
}

async function change(
  deps: LibraryScanDeps,
  file: LibraryFile,
  checked: CheckedFile,
  { actor, signal }: FileScanRun,
): Promise<ScanChange> {
  const ruling = ruleByPolicy(deps, checked);
  const told = { libraryId: file.id, path: file.path, before: file.verdict, after: checked.verdict };
  if (ruling.action === 'block' && !isCovered(file, ruling)) {
    const quarantineId = await putAway(deps, file, checked, { actor, signal });
    return { ...told, outcome: 'quarantined', quarantineId };
  }
  await deps.unitOfWork.write(actor, async (tx) => {
    await saveFileScan(tx, file.path, checked);
    await markVerdict(tx, file.id, checked.verdict);
    await tx.audit({
      action: 'models.rescan-file',
      subject: { kind: 'library-file', id: file.id, name: file.name },
      category: 'security-scan',
      level: ruling.action === 'pass' ? 'info' : 'warning',
      result: 'done',
      before: { verdict: file.verdict },
      after: { verdict: checked.verdict, ruleSet: checked.ruleSet, sha256: checked.sha256, rules: ruling.rules },
    });
  });
  return { ...told, outcome: 'reported', quarantineId: null };
}

/** Somebody let these bytes in although all of this was known. */
function isCovered({ admitted }: LibraryFile, { rules }: Ruling): boolean {
  return admitted !== null && rules.every((rule) => admitted.rules.includes(rule));
}

async function putAway(
  deps: LibraryScanDeps,
  file: LibraryFile,
  checked: CheckedFile,
  { actor, signal }: Pick<FileScanRun, 'actor' | 'signal'>,
): Promise<string> {
  await using _lock = await deps.lock.acquire({ signal, patiently: true });
  const { verdict, format, findings, sha256 } = checked;
  const { path, sizeBytes } = file;
  const suspect = { path, originalPath: path, reason: `models.verdict-${verdict}`, sizeBytes, origin: file };
  const item = await putIntoQuarantine(deps.quarantine, actor, { ...suspect, verdict, format, findings, sha256 });
  await deps.unitOfWork.write(actor, async (tx) => {
    await removeLibraryFile(tx, file.id);
    await removeFileScan(tx, path);
  });
  return item.id;
}
