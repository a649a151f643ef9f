/** Back from quarantine: a person's decision, for dangerous files said in so many words, and always on record. */
import { chmod, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { type HashThread, hashFile } from '#engines/transfer';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import { type FileScan, saveFileScan } from '../../store/file-scan-store.ts';
import { findLibraryFileAt, type LibraryFile, saveLibraryFile } from '../../store/library-store.ts';
import { findQuarantineItem, markRestored, type QuarantineItem } from '../../store/scan-store.ts';
import type { RunOptions } from '../downloads/download-deps.ts';
import { eventOf, measuredHashes } from '../downloads/place-file.ts';
import type { LibraryLock } from '../library/library-lock.ts';
import { filePlaced } from '../models-events.ts';
import { admissionBy } from './admission.ts';
import { type CheckDeps, checkFile } from './check-file.ts';
import { moveFile } from './move-file.ts';
import type { QuarantineDeps } from './quarantine.ts';
import { type PolicyDeps, ruleByPolicy } from './rule-by-policy.ts';
import type { Ruling } from './scan-policy.ts';

export interface RestoreDeps extends QuarantineDeps, CheckDeps, PolicyDeps {
  readonly hashThread: HashThread;
  readonly lock: LibraryLock;
}

export interface RestoreRequest {
  readonly id: string;
  readonly acceptRisk: boolean;
  /** Why; needed where policy blocks. */
  readonly reason?: string | undefined;
  /** Whether the person has the permission `models:override`. */
  readonly mayOverride: boolean;
}

/**
 * @throws KuraError `models.quarantine-not-found`, `models.target-exists`; refused: `models.restore-unconfirmed` where
 * policy asks and nobody said yes, `models.override-forbidden` and `models.restore-refused` where it blocks and the person
 * may not override it, or does not say why.
 */
export async function restoreQuarantined(
  deps: RestoreDeps,
  request: RestoreRequest,
  options: RunOptions,
): Promise<LibraryFile> {
  const { id } = request;
  const item = await findQuarantineItem(deps.database, id);
  if (item === undefined) throw new KuraError('not-found', 'models.quarantine-not-found', { params: { id } });
  await using _lock = await deps.lock.acquire({ signal: options.signal });
  const { hashes, sizeBytes } = await hashFile(item.path, { thread: deps.hashThread, signal: options.signal });
  const scan = await scanOf(deps, item, hashes.SHA256, options);
  const ruling = ruleByPolicy(deps, scan);
  requireRelease(ruling, item, request);
  const now = nowInstant(deps.clock);
  const file: LibraryFile = {
    ...item.origin,
    id: deps.ids.next(),
    path: item.originalPath,
    name: basename(item.originalPath),
    sizeBytes,
    sha256: hashes.SHA256,
    hashes: measuredHashes(hashes),
    sidecars: [],
    state: 'present',
    verdict: scan.verdict,
    admitted: admissionBy(options.actor, ruling, { reason: request.reason ?? null, at: now }),
    placedAt: now,
    verifiedAt: null,
  };
  await chmod(item.path, 0o644);
  await moveFile(item.path, item.originalPath);
  await record(deps, { item, file, scan }, options);
  await rm(dirname(item.path), { recursive: true, force: true });
  // A row that was there for this path keeps its id.
  return (await findLibraryFileAt(deps.database, file.path)) ?? file;
}

/** As it was found when it was put away; bytes that were put away for another reason are looked at now. */
async function scanOf(deps: RestoreDeps, item: QuarantineItem, sha256: string, options: RunOptions): Promise<FileScan> {
  const { verdict, format, findings, createdAt } = item;
  if (verdict === null) return checkFile(deps, { path: item.path, name: item.originalPath, sha256 }, options);
  // The rules of then are not known any more: the next scan of the library looks at it again.
  return { sha256, ruleSet: '', verdict, format: format ?? 'unknown', findings, scannedAt: createdAt };
}

function requireRelease({ action }: Ruling, item: QuarantineItem, request: RestoreRequest): void {
  const { acceptRisk, reason, mayOverride } = request;
  const params = { id: item.id, name: basename(item.originalPath) };
  if (action === 'pass' || (action === 'ask' && acceptRisk)) return;
  if (action === 'ask') throw new KuraError('refused', 'models.restore-unconfirmed', { params });
  if (!mayOverride) throw new KuraError('refused', 'models.override-forbidden', { params });
  if (!acceptRisk || reason === undefined) throw new KuraError('refused', 'models.restore-refused', { params });
}

interface Restored {
  readonly item: QuarantineItem;
  readonly file: LibraryFile;
  readonly scan: FileScan;
}

async function record(deps: RestoreDeps, { item, file, scan }: Restored, { actor }: RunOptions): Promise<void> {
  await deps.unitOfWork.write(actor, async (tx) => {
    await markRestored(tx, item.id, file.placedAt);
    await saveLibraryFile(tx, file);
    await saveFileScan(tx, file.path, scan);
    await tx.audit({
      action: 'models.restore-quarantined',
      subject: { kind: 'quarantine-item', id: item.id, name: file.name },
      category: 'security-scan',
      level: file.verdict === 'dangerous' || file.admitted?.action === 'block' ? 'critical' : 'warning',
      result: 'done',
      before: { reason: item.reason, verdict: item.verdict },
      after: { path: file.path, verdict: file.verdict, sha256: file.sha256, admitted: file.admitted },
    });
    tx.publish(filePlaced, eventOf(file));
  });
}
