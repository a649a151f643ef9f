/** Any URL to a verified file: lock, resume, fetch, measure, judge – and once more from zero if the bytes are wrong. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isKuraError, KuraError, systemCode, toKuraError } from '#kernel/errors';
import { lockPath } from './clear-leftovers.ts';
import { normalizeExpected } from './file-hashes.ts';
import { FirstLookRefusal } from './first-look/first-look-refusal.ts';
import { readJournal } from './journal.ts';
import { lockPart } from './part-lock.ts';
import { removePart } from './part-state.ts';
import { journalPath } from './proven-part.ts';
import { type StagedFile, stageFile } from './staged-file.ts';
import type { TransferDeps, TransferRequest } from './transfer-request.ts';
import { obtainVerified } from './verified-part.ts';

/**
 * Fetches a file to `target.part`, verified; `commit()` on the result gives it its name.
 *
 * Whatever happens meanwhile – lost connections, kill -9, expired addresses, a full disk – what has arrived stays in
 * the part, and the same call goes on from there. Bytes that do not match are set aside as `.part.bad`, never deleted.
 * @throws KuraError `transfer.hash-mismatch` (params: algorithm, expected, actual, path of the bytes set aside, whether
 * two downloads agreed), `transfer.size-mismatch`, `transfer.busy`, `transfer.disk-space`, `transfer.interrupted`, and
 * those of the far side: `transfer.not-found`, `transfer.login-required`, `transfer.access-denied`, ….
 */
export async function downloadFile(request: TransferRequest, deps: TransferDeps): Promise<StagedFile> {
  const hashes = normalizeExpected(request.expected?.hashes ?? {});
  const partPath = `${request.target}.part`;
  await makeFolder(dirname(partPath));
  await using cleanup = new AsyncDisposableStack();
  const lock = cleanup.use(await lockPart(lockPath(partPath), deps.clock).catch(throwKuraError));
  try {
    const { facts, hasProof } = await obtainVerified({ ...request, expected: { ...request.expected, hashes } }, deps);
    const staged = await stageFile(facts, lock, hasProof);
    // From here on the lock is the staged file's.
    cleanup.move();
    return staged;
  } catch (error) {
    if (error instanceof FirstLookRefusal) {
      await removePart(partPath);
      throw error.verdict;
    }
    const told = await explained(error, request, partPath);
    await removeEmptyPart(partPath);
    throw told;
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    if (!['EEXIST', 'ENOTDIR'].includes(systemCode(error) ?? '')) throw toKuraError(error);
    throw new KuraError('conflict', 'transfer.not-a-folder', { params: { path }, cause: error });
  }
}

function throwKuraError(error: unknown): never {
  throw toKuraError(error);
}

/** Where nothing has arrived there is nothing to go on with, and nothing to leave in somebody's library. */
async function removeEmptyPart(partPath: string): Promise<void> {
  const part = await stat(partPath).catch(() => undefined);
  if (part?.size === 0) await removePart(partPath);
}

async function explained(error: unknown, request: TransferRequest, partPath: string): Promise<unknown> {
  if (request.signal?.aborted === true) {
    const journal = await readJournal(journalPath(partPath));
    const keptBytes = journal?.segments.reduce((sum, [start, end]) => sum + end - start, 0) ?? 0;
    return new KuraError('interrupted', 'transfer.interrupted', { params: { keptBytes }, cause: error });
  }
  // The kernel's own report of a failed write does not say where.
  if (isKuraError(error) && error.code === 'kernel.disk-full') {
    return new KuraError('unavailable', 'kernel.disk-full', { params: { path: dirname(partPath) }, cause: error });
  }
  return toKuraError(error);
}
