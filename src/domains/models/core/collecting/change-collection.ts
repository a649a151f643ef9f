/** Pausing and going on, as people ask for it. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import { type Collection, updateCollection } from '../../store/collection-store.ts';
import type { CollectingDeps } from './collecting-deps.ts';
import { publishProgress, requireCollection } from './run-collection.ts';
import { enqueue } from './start-collection.ts';

/** Whoever reads it notices with the page that is on its way. @throws KuraError `models.collection-ended`. */
export async function pauseCollection(deps: CollectingDeps, id: string, actor: Actor): Promise<Collection> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const collection = await requireUnfinished(tx, id);
    const paused = { ...collection, status: 'paused' as const, updatedAt: nowInstant(deps.clock) };
    await updateCollection(tx, paused);
    publishProgress(tx, paused);
    await auditChange(tx, 'models.pause-collection', id);
    return paused;
  });
}

/** Goes on as a job of the server; one that is queued or running stays as it is. @throws KuraError `models.collection-ended`. */
export async function resumeCollection(deps: CollectingDeps, id: string, actor: Actor): Promise<Collection> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const collection = await requireUnfinished(tx, id);
    if (collection.status === 'queued' || collection.status === 'running') return collection;
    const queued = await enqueue(deps, tx, collection);
    publishProgress(tx, queued);
    await auditChange(tx, 'models.resume-collection', id);
    return queued;
  });
}

async function requireUnfinished(tx: WriteTransaction, id: string): Promise<Collection> {
  const collection = await requireCollection(tx, id);
  if (collection.status === 'completed') {
    throw new KuraError('conflict', 'models.collection-ended', { params: { id } });
  }
  return collection;
}

async function auditChange(tx: WriteTransaction, action: string, id: string): Promise<void> {
  await tx.audit({ action, subject: { kind: 'collection', id }, result: 'done' });
}
