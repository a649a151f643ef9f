/** Any URL to a verified file: lock, resume, fetch, measure, judge – and once more from zero if the bytes are wrong. */
import { stat as statNow } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isKuraError, KuraError, toKuraError } from '#kernel/errors';
import { BLOCK_BYTES } from './blocks/block-pool.ts';
import { normalizeExpected } from './file-hashes.ts';
import { FirstLookRefusal } from './first-look/first-look-refusal.ts';
import { readJournal } from './journal.ts';
import { PartAccess } from './part-access.ts';
import { removePart } from './part-state.ts';
import { journalPath } from './proven-part.ts';
import { sharedDisk } from './small/small-disk.ts';
import { stageSmallFile } from './small/staged-small-file.ts';
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
  await using cleanup = new AsyncDisposableStack();
  const access = cleanup.use(new PartAccess(partPath, deps.clock));
  try {
    const isSmall = await mayStayInMemory(request, deps);
    const wanted = { ...request, expected: { ...request.expected, hashes } };
    const { facts, hasProof, stored } = await obtainVerified(wanted, deps, { access, isSmall });
    const staged = stored
      ? stageSmallFile({ facts, stored, access, disk: deps.smallDisk ?? sharedDisk() })
      : await stageFile(facts, access, hasProof);
    // From here on the access is the staged file's.
    cleanup.move();
    return staged;
  } catch (error) {
    // Without the lock there is no part of ours.
    if (error instanceof FirstLookRefusal) {
      if (access.isLocked) await removePart(partPath);
      throw error.verdict;
    }
    const told = await explained(error, request, access.isLocked ? partPath : undefined);
    if (access.isLocked) await removeEmptyPart(partPath);
    throw told;
  }
}

/** What an earlier run has left is gone on with, however small. */
async function mayStayInMemory({ target, expected }: TransferRequest, { openPart }: TransferDeps): Promise<boolean> {
  if (openPart || (expected?.sizeBytes ?? 0) > BLOCK_BYTES) return false;
  return !(await exists(`${target}.part`));
}

/** Without the stack of an error for each file that is not there, which costs more than the look. */
function exists(path: string): Promise<boolean> {
  return new Promise((resolve) => statNow(path, (error) => resolve(error === null)));
}

/** Where nothing has arrived there is nothing to go on with, and nothing to leave in somebody's library. */
async function removeEmptyPart(partPath: string): Promise<void> {
  const part = await stat(partPath).catch(() => undefined);
  if (part?.size === 0) await removePart(partPath);
}

async function explained(error: unknown, request: TransferRequest, partPath: string | undefined): Promise<unknown> {
  if (request.signal?.aborted === true) {
    const journal = partPath === undefined ? undefined : await readJournal(journalPath(partPath));
    const keptBytes = journal?.segments.reduce((sum, [start, end]) => sum + end - start, 0) ?? 0;
    return new KuraError('interrupted', 'transfer.interrupted', { params: { keptBytes }, cause: error });
  }
  // The kernel's own report of a failed write does not say where.
  if (isKuraError(error) && error.code === 'kernel.disk-full') {
    return new KuraError('unavailable', 'kernel.disk-full', {
      params: { path: dirname(request.target) },
      cause: error,
    });
  }
  return toKuraError(error);
}
