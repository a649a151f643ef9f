/** Files that must not be loaded: moved away with the reason beside them, and a way back (models.md M-169). */
import { chmod, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { type Clock, nowInstant } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import { writeFileAtomic } from '#platform/files';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import { insertQuarantineItem, type QuarantineItem } from '../../store/scan-store.ts';
import { fileQuarantined } from '../models-events.ts';
import { moveFile } from './move-file.ts';

export interface QuarantineDeps {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Folder that holds the quarantine; no program looks for models there. */
  readonly folder: string;
}

/** What is known of a file that is put away. */
export type SuspectFile = Pick<
  QuarantineItem,
  'path' | 'originalPath' | 'reason' | 'verdict' | 'format' | 'findings' | 'sha256' | 'sizeBytes' | 'origin'
>;

/**
 * Moves the file away. `reason.json` is written first, so that a file in quarantine never lacks its reason, and says how
 * to get it back even without the database.
 */
export async function putIntoQuarantine(
  deps: QuarantineDeps,
  actor: Actor,
  suspect: SuspectFile,
): Promise<QuarantineItem> {
  const id = deps.ids.next();
  const folder = join(deps.folder, id);
  // The ending keeps loaders and double clicks away from it.
  const path = join(folder, `${basename(suspect.originalPath)}.quarantined`);
  const item: QuarantineItem = { ...suspect, id, path, createdAt: nowInstant(deps.clock) };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const isRisk = suspect.verdict !== null && suspect.verdict !== 'clean';
  const restore = `kura models quarantine restore ${id}${isRisk ? ' --accept-risk' : ''}`;
  // What policy asks for may have changed by then; the reason is asked for where it is needed.
  const why = isRisk ? { restoreWithReason: `${restore} --reason TEXT` } : {};
  await writeFileAtomic(join(folder, 'reason.json'), `${JSON.stringify({ ...item, restore, ...why }, undefined, 2)}\n`);
  await moveFile(suspect.path, path);
  await chmod(path, 0o400);
  await deps.unitOfWork.write(actor, async (tx) => {
    await insertQuarantineItem(tx, item);
    await tx.audit({
      action: 'models.quarantine-file',
      subject: { kind: 'quarantine-item', id, name: basename(suspect.originalPath) },
      category: 'security-scan',
      level: suspect.verdict === 'dangerous' ? 'critical' : 'warning',
      result: 'refused',
      after: {
        reason: suspect.reason,
        verdict: suspect.verdict,
        rules: [...new Set(suspect.findings.map(({ rule }) => rule))],
        sha256: suspect.sha256,
        path,
      },
    });
    tx.publish(fileQuarantined, {
      quarantineId: id,
      path,
      originalPath: suspect.originalPath,
      reason: suspect.reason,
      verdict: suspect.verdict,
      modelName: suspect.origin.modelName,
    });
  });
  return item;
}
