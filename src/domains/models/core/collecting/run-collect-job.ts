/** A collection as a job of the server. */

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { JobContext } from '#platform/jobs';

import { findCollection, updateCollection } from '../../store/collection-store.ts';
import { systemActor } from '../actor.ts';
import type { CollectingDeps } from './collecting-deps.ts';
import { runCollection } from './run-collection.ts';

/** Paused by a person, it ends; stopped with the server, it is queued again; what may pass over is tried again. */
export async function runCollectJob(
  deps: CollectingDeps,
  { payload, signal, report }: Pick<JobContext<{ readonly collectionId: string }>, 'payload' | 'signal' | 'report'>,
): Promise<void> {
  const found = await findCollection(deps.database, payload.collectionId);
  if (found === undefined || found.status === 'paused' || found.status === 'completed') return;
  const ended = await runCollection(deps, payload.collectionId, {
    signal,
    onProgress: ({ status, pages, models, versions }) => report({ status, pages, models, versions }),
  });
  if (signal.aborted && ended.status === 'paused') {
    const queued = { ...ended, status: 'queued' as const, updatedAt: nowInstant(deps.clock) };
    await deps.unitOfWork.write(systemActor, async (tx) => updateCollection(tx, queued));
    signal.throwIfAborted();
  }
  if (ended.reason !== null) {
    throw new KuraError('unavailable', ended.reason.code, { params: ended.reason.params });
  }
}
