/**
 * What is new since a watch looked last: its search is collected to the end and held against the versions it knows. The
 * first run only learns what there is. A run that fails keeps its place; the next one goes on there.
 */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { WatchOutcome } from '../../contract/index.ts';
import { type Collection, removeOtherCollections } from '../../store/collection-store.ts';
import {
  addFindings,
  findSavedSearch,
  findWatch,
  rememberKnown,
  updateWatch,
  type Watch,
  watchCounts,
} from '../../store/watch-store.ts';
import { systemActor } from '../actor.ts';
import type { CollectingDeps } from '../collecting/collecting-deps.ts';
import { type RunCollectionOptions, runCollection } from '../collecting/run-collection.ts';
import { startCollection } from '../collecting/start-collection.ts';
import { watchRan } from './watch-events.ts';

export interface WatchRun {
  readonly watch: Watch;
  readonly outcome: WatchOutcome;
  readonly found: number;
  readonly unseen: number;
}

/** @throws KuraError `models.watch-not-found`; conflict `files.locked` when it is looking already. */
export async function runWatch(
  deps: CollectingDeps,
  watchId: string,
  options: RunCollectionOptions,
): Promise<WatchRun> {
  const { searchId } = await requireWatch(deps.database, { id: watchId });
  const search = await findSavedSearch(deps.database, { id: searchId });
  if (search === undefined) throw new KuraError('not-found', 'models.saved-search-not-found', { params: { name: '' } });
  const request = { query: search.query, purpose: 'watch', owner: watchId, asJob: false } as const;
  const started = await startCollection(deps, { ...request, resume: false, refresh: false }, systemActor);
  const collection = await runCollection(deps, started.collection.id, options);
  return deps.unitOfWork.write(systemActor, async (tx) => settle(deps, tx, watchId, collection));
}

/** @throws KuraError `models.watch-not-found`. */
export async function requireWatch(
  reads: Parameters<typeof findWatch>[0],
  by: Parameters<typeof findWatch>[1],
): Promise<Watch> {
  const watch = await findWatch(reads, by);
  if (watch === undefined) {
    throw new KuraError('not-found', 'models.watch-not-found', { params: { name: 'id' in by ? by.id : by.name } });
  }
  return watch;
}

async function settle(
  deps: CollectingDeps,
  tx: WriteTransaction,
  watchId: string,
  collection: Collection,
): Promise<WatchRun> {
  const watch = await requireWatch(tx, { id: watchId });
  const at = nowInstant(deps.clock);
  const isWhole = collection.status === 'completed';
  // Without a whole first look, everything the next one sees would pass for news.
  const found = watch.hasBaseline ? await addFindings(tx, watchId, collection.id, at) : 0;
  if (watch.hasBaseline || isWhole) await rememberKnown(tx, watchId, collection.id);
  if (isWhole) await removeOtherCollections(tx, collection, collection.id);
  const outcome = outcomeOf(watch, collection, found);
  const { reason } = collection;
  const ran = { ...watch, hasBaseline: watch.hasBaseline || isWhole, lastRunAt: at, lastOutcome: outcome, reason };
  await updateWatch(tx, ran);
  const { unseen } = await watchCounts(tx, watchId);
  tx.publish(watchRan, { watchId, name: watch.name, outcome, found, unseen });
  return { watch: ran, outcome, found, unseen };
}

function outcomeOf({ hasBaseline }: Watch, { status }: Collection, found: number): WatchOutcome {
  if (status === 'paused') return 'interrupted';
  if (status !== 'completed') return 'failed';
  if (!hasBaseline) return 'baseline';
  return found === 0 ? 'nothing' : 'found';
}
