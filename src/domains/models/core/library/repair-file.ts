/**
 * Self-healing: a missing or damaged file comes back from a backup copy, else from CivitAI, as long as the bytes are the
 * very ones the library remembers. What stood damaged is kept in quarantine.
 */
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { hashFile } from '#engines/transfer';
import { type Sha256, sha256 } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { isKuraError, KuraError, toKuraError } from '#kernel/errors';
import { syncFolder } from '#platform/files';

import type { RepairSource } from '../../ports.ts';
import { type LibraryFile, saveLibraryFile } from '../../store/library-store.ts';
import type { RunOptions } from '../downloads/download-deps.ts';
import { plannedRecord } from '../downloads/download-record.ts';
import { eventOf } from '../downloads/place-file.ts';
import { resolveRef } from '../downloads/resolve-ref.ts';
import { runDownload } from '../downloads/run-download.ts';
import type { WantedFile } from '../downloads/wanted-file.ts';
import { fileRepaired } from '../models-events.ts';
import { moveFile } from '../scanning/move-file.ts';
import { putIntoQuarantine } from '../scanning/quarantine.ts';
import { measureFile, sizeOf } from './intact-file.ts';
import type { LibraryDeps } from './library-deps.ts';

export interface RepairedFile {
  readonly file: LibraryFile;
  /** Where the bytes came from; null when the file was whole. */
  readonly source: string | null;
}

/** @throws KuraError `models.repair-impossible` with what each source said. */
export async function repairFile(deps: LibraryDeps, file: LibraryFile, options: RunOptions): Promise<RepairedFile> {
  await using _lock = await deps.lock.acquire({ signal: options.signal });
  const { state } = await measureFile(file, { thread: deps.hashThread, signal: options.signal });
  if (state === 'present') return { file, source: null };
  await mkdir(dirname(file.path), { recursive: true });
  const failures: string[] = [];
  for (const source of deps.repairSources) {
    const failure = await recoverFrom(deps, source, file, options);
    if (failure === undefined) return { file: { ...file, state: 'present' }, source: source.name };
    failures.push(`${source.name}: ${failure}`);
  }
  try {
    const source = await fetchAgain(deps, file, options);
    return { file: { ...file, state: 'present' }, source };
  } catch (error) {
    options.signal.throwIfAborted();
    failures.push(`civitai: ${toKuraError(error).code}`);
    throw new KuraError('unavailable', 'models.repair-impossible', {
      params: { path: file.path, reasons: failures.join('; ') },
      cause: error,
    });
  }
}

/** Undefined when the file stands again; otherwise why this source could not help. */
async function recoverFrom(
  deps: LibraryDeps,
  source: RepairSource,
  file: LibraryFile,
  options: RunOptions,
): Promise<string | undefined> {
  const target = `${file.path}.recovered`;
  await rm(target, { force: true });
  try {
    const wanted = { path: file.path, sha256: file.sha256, sizeBytes: file.sizeBytes };
    if (!(await source.recover(wanted, target, options.signal))) return 'not-there';
    const { hashes } = await hashFile(target, { names: [], thread: deps.hashThread, signal: options.signal });
    if (hashes.SHA256 !== wanted.sha256) return 'other-bytes';
    await makeRoom(deps, file, options);
    await chmod(target, 0o644);
    await moveFile(target, file.path);
    await syncFolder(dirname(file.path));
    await recordRepaired(deps, file, source.name, options);
    return undefined;
  } catch (error) {
    options.signal.throwIfAborted();
    deps.logger.warn('models.recover-failed', { source: source.name, path: file.path, reason: String(error) });
    return toKuraError(error).code;
  } finally {
    await rm(target, { force: true });
  }
}

async function recordRepaired(
  deps: LibraryDeps,
  file: LibraryFile,
  source: string,
  { actor }: RunOptions,
): Promise<void> {
  await deps.unitOfWork.write(actor, async (tx) => {
    await saveLibraryFile(tx, { ...file, state: 'present', verifiedAt: nowInstant(deps.clock) });
    await tx.audit({
      action: 'models.repair-file',
      subject: { kind: 'library-file', id: file.id, name: file.name },
      result: 'done',
      before: { state: file.state },
      after: { state: 'present', source },
    });
    tx.publish(fileRepaired, { ...eventOf(file), source });
  });
}

async function makeRoom(deps: LibraryDeps, file: LibraryFile, { actor }: RunOptions): Promise<void> {
  const sizeBytes = await sizeOf(file.path);
  if (sizeBytes === undefined) return;
  await putIntoQuarantine(deps.quarantine, actor, {
    path: file.path,
    originalPath: file.path,
    reason: 'models.damaged-on-disk',
    verdict: null,
    format: null,
    findings: [],
    sha256: null,
    sizeBytes,
    origin: file,
  });
}

/** Who had it. */
async function fetchAgain(deps: LibraryDeps, file: LibraryFile, options: RunOptions): Promise<string> {
  const wanted = await findAgain(deps, file, options.signal);
  // What was admitted with these bytes before is not a new risk.
  const acceptRisk = file.verdict !== 'clean' || file.admitted !== null;
  const riskReason = acceptRisk ? (file.admitted?.reason ?? 'repair') : undefined;
  const planned = { ...wanted, path: file.path, action: 'get' as const, known: file };
  const { layout } = deps.options();
  const download = await plannedRecord(deps, planned, { layout, connections: undefined, acceptRisk, riskReason });
  const ended = await runDownload(deps, planned, download, options);
  if (ended.status !== 'placed') {
    throw new KuraError('refused', ended.reason?.code ?? 'models.repair-impossible', {
      params: ended.reason?.params ?? {},
    });
  }
  return ended.mirror ?? 'civitai';
}

/** The same bytes on the site: under the ids of old, else under whatever carries their hash today. */
async function findAgain(deps: LibraryDeps, file: LibraryFile, signal: AbortSignal): Promise<WantedFile> {
  const digest = sha256(file.sha256);
  const byIds =
    file.versionId === null || file.fileId === null
      ? undefined
      : await resolveIfThere(deps, `@${file.versionId}`, String(file.fileId), signal);
  const fits = byIds !== undefined && (byIds.file.hashes.sha256 ?? digest) === digest;
  const wanted = fits ? byIds : (await resolveRef(deps, `sha256:${digest}`, undefined, signal))[0];
  if (wanted === undefined) throw new KuraError('not-found', 'models.hash-unknown', { params: { hash: digest } });
  return withHash(wanted, digest);
}

async function resolveIfThere(
  deps: LibraryDeps,
  ref: string,
  selector: string,
  signal: AbortSignal,
): Promise<WantedFile | undefined> {
  try {
    return (await resolveRef(deps, ref, selector, signal))[0];
  } catch (error) {
    if (isKuraError(error) && (error.kind === 'not-found' || error.kind === 'forbidden')) return undefined;
    throw error;
  }
}

/** The download is held against what the library remembers, also where the site publishes nothing. */
function withHash(wanted: WantedFile, digest: Sha256): WantedFile {
  return { ...wanted, file: { ...wanted.file, hashes: { ...wanted.file.hashes, sha256: digest } } };
}
