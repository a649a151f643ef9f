/** Which collection answers a query: a finished one that is young enough, an unfinished one, or a new one. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { StartCollection } from '../../contract/index.ts';
import {
  type Collection,
  type CollectionLine,
  insertCollection,
  latestCollection,
  updateCollection,
} from '../../store/collection-store.ts';
import { collectModelsJob } from './collect-job.ts';
import type { CollectingDeps } from './collecting-deps.ts';
import { searchKey } from './search-key.ts';

export interface StartedCollection {
  readonly collection: Collection;
  readonly how: 'started' | 'resumed' | 'reused';
}

export interface StartRequest extends StartCollection {
  readonly purpose: Collection['purpose'];
  readonly owner: string;
  /** Whether a job of the server is to read it; otherwise the caller does. */
  readonly asJob: boolean;
}

/** Without `resume`, a place in the pages this old is not trusted any more: what they show has moved on. */
const RESUME_WITHIN_MS = DAY;

/** @throws KuraError `models.nothing-to-resume`, `models.collect-site-only`. */
export async function startCollection(
  deps: CollectingDeps,
  request: StartRequest,
  actor: Actor,
): Promise<StartedCollection> {
  const { query, purpose, owner } = request;
  if (query.source !== 'site') throw new KuraError('invalid', 'models.collect-site-only');
  const line = { key: searchKey(query), purpose, owner };
  return deps.unitOfWork.write(actor, async (tx) => {
    const started = await choose(deps, tx, request, line);
    if (started.how === 'reused') return started;
    const collection = request.asJob ? await enqueue(deps, tx, started.collection) : started.collection;
    await tx.audit({
      action: 'models.collect',
      subject: { kind: 'collection', id: collection.id },
      result: 'done',
      after: { how: started.how, purpose, query },
    });
    return { ...started, collection };
  });
}

/** Queues the reading in the transaction that decides it. */
export async function enqueue(deps: CollectingDeps, tx: WriteTransaction, collection: Collection): Promise<Collection> {
  const { kind, id, name } = tx.actor;
  const job = await tx.enqueue(collectModelsJob, { collectionId: collection.id, actor: { kind, id, name } });
  const queued = {
    ...collection,
    status: 'queued' as const,
    reason: null,
    jobId: job.id,
    updatedAt: nowInstant(deps.clock),
  };
  await updateCollection(tx, queued);
  return queued;
}

async function choose(
  { clock, ids }: CollectingDeps,
  tx: WriteTransaction,
  request: StartRequest,
  line: CollectionLine,
): Promise<StartedCollection> {
  const { query, resume, refresh, maxAgeMs } = request;
  const latest = refresh ? undefined : await latestCollection(tx, line);
  const now = clock.now();
  if (latest !== undefined && latest.status !== 'completed') {
    if (resume || now - Date.parse(latest.updatedAt) <= RESUME_WITHIN_MS) return { collection: latest, how: 'resumed' };
  }
  if (latest?.status === 'completed' && maxAgeMs !== undefined && now - Date.parse(latest.updatedAt) <= maxAgeMs) {
    return { collection: latest, how: 'reused' };
  }
  if (resume) throw new KuraError('not-found', 'models.nothing-to-resume');
  const baseline = await latestCollection(tx, line, 'completed');
  const collection: Collection = {
    id: ids.next(),
    ...line,
    query,
    status: 'paused',
    reason: null,
    cursor: null,
    pages: 0,
    models: 0,
    versions: 0,
    newVersions: 0,
    baselineId: baseline?.id ?? null,
    stages: [],
    run: 0,
    jobId: null,
    createdAt: nowInstant(clock),
    updatedAt: nowInstant(clock),
    finishedAt: null,
  };
  await insertCollection(tx, collection);
  return { collection, how: 'started' };
}
