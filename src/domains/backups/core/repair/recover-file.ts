/** Gets one file back from the copies, by what it must contain. */
import type { Sha256 } from '#kernel/brands';
import { isKuraError } from '#kernel/errors';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { isOutOfUse } from '../register/carrier.ts';
import { openCopy } from '../register/open-copy.ts';
import type { Copy } from '../register/protected-job.ts';

export interface RecoverRequest {
  readonly sha256: Sha256;
  /** Path to write; its folder must exist. The name shows either what was there before or all of the wanted bytes. */
  readonly target: string;
  readonly signal: AbortSignal;
}

export interface RecoveredFrom {
  readonly job: string;
  readonly copy: string;
  readonly snapshot: string;
  /** Path inside the snapshot. */
  readonly path: string;
}

/**
 * Undefined when no copy that can be reached holds these bytes undamaged. A copy that is away, locked or damaged is
 * passed over for the next one.
 */
export async function recoverFile(
  context: BackupsContext,
  request: RecoverRequest,
): Promise<RecoveredFrom | undefined> {
  for (const { copies } of await findJobs(context.database.tables<BackupsTables>())) {
    for (const copy of copies) {
      request.signal.throwIfAborted();
      if (isOutOfUse(copy)) continue;
      const found = await recoverFromCopy(context, copy, request).catch(passOver);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function recoverFromCopy(
  context: BackupsContext,
  copy: Copy,
  { sha256, target, signal }: RecoverRequest,
): Promise<RecoveredFrom | undefined> {
  await using vault = await openCopy(copy, context, signal);
  for await (const { snapshot, entry } of vault.findFiles({ sha256, signal })) {
    const path = entry.path.toString();
    const restored = await vault
      .restoreFile({ snapshot: snapshot.id, path: entry.path, target, signal })
      .then(() => ({ job: copy.job, copy: copy.name, snapshot: snapshot.id, path }), passOver);
    if (restored !== undefined) return restored;
  }
  return undefined;
}

/** The target's own trouble (no room, no right to write) would meet every other copy as well. */
function passOver(error: unknown): undefined {
  if (isKuraError(error) && error.kind !== 'interrupted') return undefined;
  throw error;
}
