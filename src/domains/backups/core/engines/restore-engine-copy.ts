/** Brings a snapshot of a tool's copy back into a folder, for people. */
import { mkdir, readdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsContext } from '../backups-context.ts';
import { requireCopy, requireJob } from '../register/find-registered.ts';
import { openEngineCopy } from './engine-copy.ts';
import { noSnapshots } from './engine-errors.ts';

export interface RestoreFromCopy {
  readonly actor: Actor;
  readonly job: string;
  readonly copy: string;
  /** Beginning of an id; undefined: the newest of the job. */
  readonly snapshot?: string | undefined;
  /** Absolute path of an empty folder, or of one that is not there yet. */
  readonly target: string;
  /** Paths below the source; undefined: everything. */
  readonly include?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

export interface RestoredFromCopy {
  readonly snapshot: string;
  readonly target: string;
  /** What could not be restored, one line each. */
  readonly problems: readonly string[];
}

/** @throws KuraError invalid `backups.engine-target-in-use`, not-found `vault.no-snapshots`, and as `openEngineCopy`. */
export async function restoreEngineCopy(context: BackupsContext, wanted: RestoreFromCopy): Promise<RestoredFromCopy> {
  const { actor, target, include, signal } = wanted;
  const copy = requireCopy(await requireJob(context, wanted.job), wanted.copy);
  await requireEmpty(target);
  const { engine, call } = await openEngineCopy(context, copy, signal);
  const found = (await engine.snapshots(call)).find(({ id, tags }) =>
    wanted.snapshot === undefined ? tags.includes(copy.job) : id.startsWith(wanted.snapshot),
  );
  if (found === undefined) throw noSnapshots(copy.repository);
  const problems = await engine.restore(call, { snapshot: found.id, target, include });
  await context.unitOfWork.write(actor, (tx) =>
    tx.audit({
      action: 'backups.restore-copy',
      subject: { kind: 'backup-copy', id: copy.id, name: `${copy.job}/${copy.name}` },
      level: problems.length === 0 ? 'info' : 'warning',
      result: problems.length === 0 ? 'done' : 'failed',
      after: { snapshot: found.id, target, problems: problems.length },
    }),
  );
  return { snapshot: found.id, target, problems };
}

/** Tools write over what is there; nothing of somebody's is in the way of a mistake. */
async function requireEmpty(target: string): Promise<void> {
  if (!isAbsolute(target)) throw new KuraError('invalid', 'backups.path-not-absolute', { params: { path: target } });
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length === 0) return;
  throw new KuraError('invalid', 'backups.engine-target-in-use', { params: { target } });
}
