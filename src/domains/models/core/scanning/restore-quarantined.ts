/** Back from quarantine: a person's decision, for dangerous files said in so many words, and always on record. */
import { chmod, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import type { Scanner } from '#engines/modelscan';
import { type HashThread, hashFile } from '#engines/transfer';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { ScanVerdict } from '../../contract/index.ts';
import { findLibraryFileAt, type LibraryFile, saveLibraryFile } from '../../store/library-store.ts';
import { findQuarantineItem, markRestored, type QuarantineItem } from '../../store/scan-store.ts';
import type { RunOptions } from '../downloads/download-deps.ts';
import { eventOf, measuredHashes } from '../downloads/place-file.ts';
import type { LibraryLock } from '../library/library-lock.ts';
import { filePlaced } from '../models-events.ts';
import { moveFile } from './move-file.ts';
import type { QuarantineDeps } from './quarantine.ts';

export interface RestoreDeps extends QuarantineDeps {
  readonly database: Database;
  readonly scanner: Pick<Scanner, 'scan'>;
  readonly hashThread: HashThread;
  readonly lock: LibraryLock;
}

export interface RestoreRequest {
  readonly id: string;
  readonly acceptRisk: boolean;
}

/**
 * @throws KuraError `models.quarantine-not-found`, refused `models.restore-refused` for a dangerous file without
 * `acceptRisk`, `models.target-exists`.
 */
export async function restoreQuarantined(
  deps: RestoreDeps,
  { id, acceptRisk }: RestoreRequest,
  options: RunOptions,
): Promise<LibraryFile> {
  const item = await findQuarantineItem(deps.database, id);
  if (item === undefined) throw new KuraError('not-found', 'models.quarantine-not-found', { params: { id } });
  await using _lock = await deps.lock.acquire({ signal: options.signal });
  const verdict = item.verdict ?? (await scanNow(deps, item, options.signal));
  if (verdict === 'dangerous' && !acceptRisk) {
    throw new KuraError('refused', 'models.restore-refused', { params: { id, name: basename(item.originalPath) } });
  }
  const { hashes, sizeBytes } = await hashFile(item.path, { thread: deps.hashThread, signal: options.signal });
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
    verdict,
    placedAt: now,
    verifiedAt: null,
  };
  await chmod(item.path, 0o644);
  await moveFile(item.path, item.originalPath);
  await record(deps, item, file, options);
  await rm(dirname(item.path), { recursive: true, force: true });
  // A row that was there for this path keeps its id.
  return (await findLibraryFileAt(deps.database, file.path)) ?? file;
}

/** Bytes that were put away for another reason (a wrong hash) have not been looked at yet. */
async function scanNow(deps: RestoreDeps, item: QuarantineItem, signal: AbortSignal): Promise<ScanVerdict> {
  const report = await deps.scanner.scan(item.path, { signal, names: [basename(item.originalPath)] });
  return report.verdict;
}

async function record(
  deps: RestoreDeps,
  item: QuarantineItem,
  file: LibraryFile,
  { actor }: RunOptions,
): Promise<void> {
  await deps.unitOfWork.write(actor, async (tx) => {
    await markRestored(tx, item.id, file.placedAt);
    await saveLibraryFile(tx, file);
    await tx.audit({
      action: 'models.restore-quarantined',
      subject: { kind: 'quarantine-item', id: item.id, name: file.name },
      category: 'security-scan',
      level: file.verdict === 'dangerous' ? 'critical' : 'warning',
      result: 'done',
      before: { reason: item.reason, verdict: item.verdict },
      after: { path: file.path, verdict: file.verdict, sha256: file.sha256 },
    });
    tx.publish(filePlaced, eventOf(file));
  });
}
